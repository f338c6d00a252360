#include "platform/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define READ_MAX_BYTES (64L * 1024 * 1024)

static const char *reason(int code) {
    switch (code) {
    case ENOENT: return "it does not exist";
    case EACCES:
    case EPERM: return "permission is missing";
    case ENOSPC:
    case EDQUOT: return "the disk is full";
    case EROFS: return "the disk is read-only";
    case EISDIR: return "it is a folder";
    default: return strerror(code);
    }
}

Result files_read(const char *path, char **text, size_t *size, Error *error) {
    *text = NULL;
    FILE *file = fopen(path, "rb");
    struct stat about;
    if (file == NULL) return error_set(error, RESULT_IO, "%s can't be read: %s.", path, reason(errno));
    if (fstat(fileno(file), &about) != 0 || S_ISDIR(about.st_mode)) {
        (void)fclose(file);
        return error_set(error, RESULT_IO, "%s can't be read: it is a folder.", path);
    }
    size_t capacity = 65536, used = 0;
    char *bytes = malloc(capacity + 1);
    while (bytes != NULL && used <= READ_MAX_BYTES) {
        used += fread(bytes + used, 1, capacity - used, file);
        if (used < capacity) break;
        capacity *= 2;
        char *grown = realloc(bytes, capacity + 1);
        if (grown == NULL) free(bytes);
        bytes = grown;
    }
    bool failed = ferror(file) != 0;
    (void)fclose(file);
    if (bytes == NULL) return error_set(error, RESULT_NO_MEMORY, "%s: not enough memory to read it.", path);
    if (failed || used > READ_MAX_BYTES) {
        free(bytes);
        return error_set(error, RESULT_IO, "%s can't be read: %s.", path,
                         failed ? "the disk reports an error" : "it is larger than 64 MiB");
    }
    bytes[used] = '\0';
    *text = bytes;
    if (size != NULL) *size = used;
    return RESULT_OK;
}

Result files_write(const char *path, const void *bytes, size_t size, Error *error) {
    char beside[FILES_PATH_MAX];
    if (snprintf(beside, sizeof beside, "%s.part", path) >= (int)sizeof beside)
        return error_set(error, RESULT_IO, "%s can't be written: the name is too long.", path);
    FILE *file = fopen(beside, "wb");
    if (file == NULL) return error_set(error, RESULT_IO, "%s can't be written: %s.", path, reason(errno));
    bool wrote = fwrite(bytes, 1, size, file) == size && fflush(file) == 0 && fsync(fileno(file)) == 0;
    int code = errno;
    if (fclose(file) != 0 && wrote) {
        code = errno;
        wrote = false;
    }
    if (wrote && rename(beside, path) == 0) return RESULT_OK;
    if (wrote) code = errno;
    (void)remove(beside);
    return error_set(error, RESULT_IO, "%s can't be written: %s.", path, reason(code));
}

Result files_make_folder(const char *path, Error *error) {
    char part[FILES_PATH_MAX];
    if (snprintf(part, sizeof part, "%s", path) >= (int)sizeof part)
        return error_set(error, RESULT_IO, "The folder %s can't be made: the name is too long.", path);
    for (char *at = part + 1;; at++) {
        if (*at != '/' && *at != '\0') continue;
        char kept = *at;
        *at = '\0';
        if (mkdir(part, 0755) != 0 && errno != EEXIST)
            return error_set(error, RESULT_IO, "The folder %s can't be made: %s.", part, reason(errno));
        *at = kept;
        if (kept == '\0') break;
    }
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return error_set(error, RESULT_IO, "The folder %s can't be made: a file is in its place.", path);
    return RESULT_OK;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

Result files_list(const char *folder, const char *ending, char ***names, size_t *count, Error *error) {
    *names = NULL;
    *count = 0;
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return error_set(error, RESULT_IO, "The folder %s can't be read: %s.", folder, reason(errno));
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        size_t length = strlen(entry->d_name), tail = strlen(ending);
        if (length <= tail || strcmp(entry->d_name + length - tail, ending) != 0) continue;
        char **grown = realloc(*names, (*count + 1) * sizeof *grown);
        char *name = strdup(entry->d_name);
        if (grown != NULL) *names = grown;
        if (grown == NULL || name == NULL) {
            free(name);
            (void)closedir(dir);
            files_free_names(*names, *count);
            *names = NULL;
            *count = 0;
            return error_set(error, RESULT_NO_MEMORY, "Not enough memory to list %s.", folder);
        }
        (*names)[(*count)++] = name;
    }
    (void)closedir(dir);
    if (*count > 1) qsort(*names, *count, sizeof **names, by_name);
    return RESULT_OK;
}

void files_free_names(char **names, size_t count) {
    for (size_t i = 0; i < count; i++) free(names[i]);
    free(names);
}

static bool is_folder(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

Result files_assets_folder(char out[FILES_PATH_MAX], Error *error) {
    const char *named = getenv("BACKBEAT_ASSETS");
    if (named != NULL && named[0] != '\0') {
        (void)snprintf(out, FILES_PATH_MAX, "%s", named);
        if (is_folder(out)) return RESULT_OK;
        return error_set(error, RESULT_IO, "BACKBEAT_ASSETS names %s, which is not a folder.", named);
    }
    char program[FILES_PATH_MAX / 2];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return error_set(error, RESULT_IO,
                         "The folder with levels and pictures was not found; set BACKBEAT_ASSETS to it.");
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (slash != NULL) *slash = '\0';
    /* Tests lie one or two folders deeper than the program. */
    static const char *const places[] = { "../assets", "../share/backbeat", "../../assets",
                                          "../../../assets" };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        (void)snprintf(out, FILES_PATH_MAX, "%s/%s", program, places[i]);
        if (is_folder(out)) return RESULT_OK;
    }
    return error_set(error, RESULT_IO,
                     "The folder with levels and pictures is not beside %s; set BACKBEAT_ASSETS to it.",
                     program);
}

Result files_data_folder(char out[FILES_PATH_MAX], Error *error) {
    const char *own = getenv("BACKBEAT_HOME"), *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int wrote = 0;
    if (own != NULL && own[0] != '\0') {
        wrote = snprintf(out, FILES_PATH_MAX, "%s", own);
    } else if (xdg != NULL && xdg[0] == '/') {
        wrote = snprintf(out, FILES_PATH_MAX, "%s/backbeat", xdg);
    } else if (home != NULL && home[0] != '\0') {
        wrote = snprintf(out, FILES_PATH_MAX, "%s/.local/share/backbeat", home);
    } else {
        return error_set(error, RESULT_IO,
                         "There is no home folder to keep scores in; set BACKBEAT_HOME to a folder.");
    }
    if (wrote >= FILES_PATH_MAX)
        return error_set(error, RESULT_IO, "The name of the data folder is too long.");
    return RESULT_OK;
}

double clock_now_s(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

int64_t clock_unix_s(void) {
    return (int64_t)time(NULL);
}

int64_t clock_today(void) {
    time_t now = time(NULL);
    struct tm local;
    (void)localtime_r(&now, &local);
    return ((int64_t)now + local.tm_gmtoff) / 86400;
}

void clock_sleep_s(double seconds) {
    if (seconds <= 0) return;
    struct timespec wait = { .tv_sec = (time_t)seconds,
                             .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9) };
    (void)nanosleep(&wait, NULL);
}

#include "platform/port_doctor.h"

#include <dirent.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LATENCY_GOOD_MS = 2 };

typedef struct Findings {
    PortFinding *list;
    size_t count, capacity;
} Findings;

static void find(Findings *f, const char *id, const char *format, ...) PRINTF_LIKE(3, 4);
static void find(Findings *f, const char *id, const char *format, ...) {
    if (f->count == f->capacity) return;
    PortFinding *finding = &f->list[f->count++];
    finding->id = id;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(finding->sentence, sizeof finding->sentence, format, arguments);
    va_end(arguments);
}

/* The first line of a small file, without its end; false where there is none. */
static bool first_line(const char *path, char *out, size_t size) {
    FILE *file = fopen(path, "r");
    if (file == NULL) return false;
    bool got = fgets(out, (int)size, file) != NULL;
    (void)fclose(file);
    if (got) out[strcspn(out, "\r\n")] = '\0';
    return got;
}

static bool exists(const char *root, const char *path) {
    char full[PATH_MAX];
    (void)snprintf(full, sizeof full, "%s%s", root, path);
    return access(full, F_OK) == 0;
}

static bool is_number(const char *text) {
    return text[0] != '\0' && strspn(text, "0123456789") == strlen(text);
}

static bool program_runs(const char *root, const char *name) {
    char path[PATH_MAX], line[64];
    (void)snprintf(path, sizeof path, "%s/proc", root);
    DIR *all = opendir(path);
    bool runs = false;
    for (struct dirent *entry = NULL; all != NULL && !runs && (entry = readdir(all)) != NULL;) {
        if (!is_number(entry->d_name)) continue;
        (void)snprintf(path, sizeof path, "%s/proc/%s/comm", root, entry->d_name);
        runs = first_line(path, line, sizeof line) && strcmp(line, name) == 0;
    }
    if (all != NULL) (void)closedir(all);
    return runs;
}

static bool holds(const char *root, const char *process, const char *real) {
    char path[PATH_MAX], target[PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/proc/%s/fd", root, process);
    DIR *all = opendir(path); /* refused for other people's programs */
    bool found = false;
    for (struct dirent *entry = NULL; all != NULL && !found && (entry = readdir(all)) != NULL;) {
        if (!is_number(entry->d_name)) continue;
        (void)snprintf(path, sizeof path, "%s/proc/%s/fd/%s", root, process, entry->d_name);
        ssize_t length = readlink(path, target, sizeof target - 1);
        if (length <= 0) continue;
        target[length] = '\0';
        found = strcmp(target, real) == 0;
    }
    if (all != NULL) (void)closedir(all);
    return found;
}

/* A program chooses its own name: nothing but printable bytes goes to a terminal. */
static void make_printable(char *text) {
    for (char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7E) *c = '?';
    }
}

bool port_doctor_holder(const char *root, const char *path, char *name, size_t size) {
    char real[PATH_MAX], folder[PATH_MAX];
    if (realpath(path, real) == NULL) return false;
    (void)snprintf(folder, sizeof folder, "%s/proc", root);
    DIR *all = opendir(folder);
    bool found = false;
    for (struct dirent *entry = NULL; all != NULL && !found && (entry = readdir(all)) != NULL;) {
        if (!is_number(entry->d_name) || strtol(entry->d_name, NULL, 10) == (long)getpid()) continue;
        if (!holds(root, entry->d_name, real)) continue;
        (void)snprintf(folder, sizeof folder, "%s/proc/%s/comm", root, entry->d_name);
        found = first_line(folder, name, size);
    }
    if (all != NULL) (void)closedir(all);
    if (found) make_printable(name);
    return found;
}

/* Chips that sensors and boards have between them and USB, by vendor and product; 0 any product. */
static const struct {
    int vendor, product;
    bool brltty; /* a Braille display may have the same one */
} chips[] = {
    { 0x1A86, 0x7523, true },  { 0x1A86, 0x7522, true },  { 0x1A86, 0x5523, true }, { 0x1A86, 0x55D3, false },
    { 0x1A86, 0x55D4, false }, { 0x10C4, 0xEA60, true },  { 0x0403, 0x6001, true }, { 0x0403, 0x6015, true },
    { 0x303A, 0x1001, false }, { 0x303A, 0x1002, false }, { 0x2341, 0, false },     { 0x2A03, 0, false },
    { 0x0D28, 0x0204, false }, { 0x2E8A, 0, false },      { 0x1B4F, 0, false },     { 0x239A, 0, false },
};

static int hex_of(const char *folder, const char *name) {
    char path[PATH_MAX], line[16];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return first_line(path, line, sizeof line) ? (int)strtol(line, NULL, 16) : 0;
}

static bool has_port(const SerialPortInfo *ports, size_t count, int vendor, int product) {
    for (size_t i = 0; i < count; i++) {
        if (ports[i].usb_vid == vendor && ports[i].usb_pid == product) return true;
    }
    return false;
}

static void look_for_chips(Findings *f, const char *root, const SerialPortInfo *ports, size_t count) {
    char path[PATH_MAX];
    bool braille = program_runs(root, "brltty") || exists(root, "/usr/lib/udev/rules.d/85-brltty.rules") ||
                   exists(root, "/lib/udev/rules.d/85-brltty.rules");
    (void)snprintf(path, sizeof path, "%s/sys/bus/usb/devices", root);
    DIR *all = opendir(path);
    for (struct dirent *entry = NULL; all != NULL && (entry = readdir(all)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        (void)snprintf(path, sizeof path, "%s/sys/bus/usb/devices/%s", root, entry->d_name);
        int vendor = hex_of(path, "idVendor"), product = hex_of(path, "idProduct");
        for (size_t i = 0; i < sizeof chips / sizeof *chips; i++) {
            bool same = chips[i].vendor == vendor && (chips[i].product == 0 || chips[i].product == product);
            if (!same || has_port(ports, count, vendor, product)) continue;
            if (chips[i].brltty && braille)
                find(f, "brltty",
                     "A sensor's USB chip (%04x:%04x) is plugged in, but brltty, the Braille display's "
                     "program, "
                     "has taken its port: sudo apt remove brltty, then plug it in again; where a Braille "
                     "display is used: sudo systemctl mask brltty-udev.service.",
                     (unsigned)vendor, (unsigned)product);
            else
                find(f, "no-driver",
                     "A sensor's USB chip (%04x:%04x) is plugged in, but has no port: see \"sudo dmesg | "
                     "tail\", and plug it in again.",
                     (unsigned)vendor, (unsigned)product);
            break;
        }
    }
    if (all != NULL) (void)closedir(all);
}

static bool rules_installed(const char *root) {
    return exists(root, "/etc/udev/rules.d/60-backbeat.rules") ||
           exists(root, "/usr/lib/udev/rules.d/60-backbeat.rules") ||
           exists(root, "/lib/udev/rules.d/60-backbeat.rules");
}

static void look_at_latency(Findings *f, const char *root, const char *port) {
    char path[PATH_MAX], line[16];
    const char *slash = strrchr(port, '/'), *name = slash != NULL ? slash + 1 : port;
    (void)snprintf(path, sizeof path, "%s/sys/bus/usb-serial/devices/%s/latency_timer", root, name);
    long ms = first_line(path, line, sizeof line) ? strtol(line, NULL, 10) : 0;
    if (ms > LATENCY_GOOD_MS)
        find(f, "ftdi-latency",
             "The FTDI chip of %.60s holds bytes back for %ld ms: echo 1 | sudo tee "
             "/sys/bus/usb-serial/devices/%.30s/latency_timer, or install 60-backbeat.rules.",
             port, ms, name);
}

size_t port_doctor_look(const char *root, const SerialPortInfo *ports, size_t count, PortFinding *out,
                        size_t capacity) {
    Findings f = { .list = out, .capacity = capacity };
    bool usb = false;
    look_for_chips(&f, root, ports, count);
    for (size_t i = 0; i < count; i++) {
        char name[64];
        usb = usb || ports[i].usb_vid != 0;
        look_at_latency(&f, root, ports[i].path);
        if (port_doctor_holder(root, ports[i].path, name, sizeof name))
            find(&f, "busy", "%.60s is held open by %.60s: close it.", ports[i].path, name);
    }
    if (usb && !rules_installed(root) && program_runs(root, "ModemManager"))
        find(&f, "modem-manager",
             "ModemManager talks to every new port for up to half a minute: install the rule that keeps it "
             "off, "
             "sudo cp firmware-bridge/60-backbeat.rules /etc/udev/rules.d/ && sudo udevadm control --reload "
             "&& sudo udevadm trigger; or sudo systemctl stop ModemManager.");
    if (!usb && f.count == 0)
        find(&f, "no-usb-port",
             "No USB serial port. If the sensor's light is on all the same, its cable only charges: take one "
             "that carries data.");
    return f.count;
}

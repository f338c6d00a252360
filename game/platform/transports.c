#include "platform/transports.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

Result transport_refused(const char *path, int why, Error *error) {
    switch (why) {
    case ENOENT:
    case ENOTDIR:
    case ENXIO:
    case ENODEV:
        return error_set(error, RESULT_NO_DEVICE,
                         "%.100s does not exist: plug the sensor in, or see which ports there are with "
                         "\"backbeat devices\".",
                         path);
    case EACCES:
    case EPERM:
        return error_set(error, RESULT_NO_DEVICE,
                         "No permission to open %.100s: add yourself to its group (sudo usermod -a -G "
                         "dialout $USER) and log in again.",
                         path);
    case EBUSY:
    case EAGAIN:
        return error_set(error, RESULT_NO_DEVICE,
                         "%.100s is held by another program: close the Arduino IDE's monitor or a second "
                         "Backbeat; brltty and ModemManager also take such ports.",
                         path);
    case ENOTTY: return error_set(error, RESULT_NO_DEVICE, "%.100s is not a serial port.", path);
    default:
        return error_set(error, RESULT_NO_DEVICE, "%.100s could not be opened: %s.", path, strerror(why));
    }
}

Result transport_open(Transport *out, const char *path, Error *error) {
    char real[PATH_MAX];
    struct stat about;
    if (realpath(path, real) == NULL || stat(real, &about) != 0) return transport_refused(path, errno, error);
    if (!S_ISCHR(about.st_mode)) return transport_refused(path, ENOTTY, error);
    if (access(real, R_OK | W_OK) != 0) return transport_refused(path, errno, error);
    Result result = transport_serialport_open(out, real, error);
    return result == RESULT_BAD_USAGE ? transport_pty_open(out, real, error) : result;
}

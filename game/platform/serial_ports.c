#include "platform/serial_source.h"

#include <libserialport.h>
#include <stdio.h>

/* A device chooses its own descriptors: nothing but printable ASCII goes to a terminal or a screen. */
static void copy_text(char *out, size_t size, const char *text) {
    (void)snprintf(out, size, "%s", text != NULL ? text : "");
    for (char *c = out; *c != '\0'; c++) {
        if (*c < 0x20 || *c > 0x7E) *c = '?';
    }
}

size_t serial_ports_list(SerialPortInfo *out, size_t capacity) {
    struct sp_port **ports = NULL;
    if (sp_list_ports(&ports) != SP_OK) return 0;
    size_t count = 0;
    for (size_t i = 0; ports[i] != NULL && count < capacity; i++) {
        SerialPortInfo *info = &out[count++];
        *info = (SerialPortInfo){ 0 };
        (void)snprintf(info->path, sizeof info->path, "%s", sp_get_port_name(ports[i]));
        copy_text(info->description, sizeof info->description, sp_get_port_description(ports[i]));
        copy_text(info->serial_number, sizeof info->serial_number, sp_get_port_usb_serial(ports[i]));
        if (sp_get_port_usb_vid_pid(ports[i], &info->usb_vid, &info->usb_pid) != SP_OK)
            info->usb_vid = info->usb_pid = 0;
    }
    sp_free_port_list(ports);
    return count;
}

#include "platform/printable.h"
#include "platform/serial_source.h"

#include <libserialport.h>
#include <stdio.h>

size_t serial_ports_list(SerialPortInfo *out, size_t capacity) {
    struct sp_port **ports = NULL;
    if (sp_list_ports(&ports) != SP_OK) return 0;
    size_t count = 0;
    for (size_t i = 0; ports[i] != NULL && count < capacity; i++) {
        SerialPortInfo *info = &out[count++];
        *info = (SerialPortInfo){ 0 };
        (void)snprintf(info->path, sizeof info->path, "%s", sp_get_port_name(ports[i]));
        copy_printable(info->description, sizeof info->description, sp_get_port_description(ports[i]));
        copy_printable(info->serial_number, sizeof info->serial_number, sp_get_port_usb_serial(ports[i]));
        if (sp_get_port_usb_vid_pid(ports[i], &info->usb_vid, &info->usb_pid) != SP_OK)
            info->usb_vid = info->usb_pid = 0;
    }
    sp_free_port_list(ports);
    return count;
}

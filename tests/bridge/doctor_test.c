/* The port doctor against made-up machines: a folder that stands for /. */
#include "platform/port_doctor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char root[64];

static void put(const char *path, const char *text) {
    char full[300];
    (void)snprintf(full, sizeof full, "%s%s", root, path);
    for (char *slash = strchr(full + strlen(root) + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(full, 0700);
        *slash = '/';
    }
    FILE *file = fopen(full, "w");
    assert_non_null(file);
    (void)fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int machine(void **state) {
    (void)state;
    (void)snprintf(root, sizeof root, "%s", "/tmp/backbeat-doctor-XXXXXX");
    return mkdtemp(root) == NULL;
}

static int machine_gone(void **state) {
    (void)state;
    char command[128];
    (void)snprintf(command, sizeof command, "rm -r '%s'", root);
    return system(command);
}

static const PortFinding *of(const PortFinding *list, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].id, id) == 0) return &list[i];
    }
    return NULL;
}

static const SerialPortInfo ch340 = { .path = "/dev/ttyUSB7", .usb_vid = 0x1A86, .usb_pid = 0x7523 };

static void an_empty_machine_is_told_of_cables(void **state) {
    (void)state;
    PortFinding found[8];
    assert_int_equal(port_doctor_look(root, NULL, 0, found, 8), 1);
    assert_string_equal(found[0].id, "no-usb-port");
    assert_non_null(strstr(found[0].sentence, "only charges"));
    assert_int_equal(port_doctor_look(root, NULL, 0, found, 0), 0);
}

static void brltty_is_named_where_the_chip_has_no_port(void **state) {
    (void)state;
    PortFinding found[8];
    put("/sys/bus/usb/devices/1-2/idVendor", "1a86\n");
    put("/sys/bus/usb/devices/1-2/idProduct", "7523\n");
    size_t count = port_doctor_look(root, NULL, 0, found, 8);
    assert_non_null(of(found, count, "no-driver"));
    put("/proc/41/comm", "brltty\n");
    count = port_doctor_look(root, NULL, 0, found, 8);
    assert_non_null(of(found, count, "brltty"));
    assert_non_null(strstr(of(found, count, "brltty")->sentence, "sudo apt remove brltty"));
    /* With its port there, nothing is wrong. */
    assert_int_equal(port_doctor_look(root, &ch340, 1, found, 8), 0);
}

static void modem_manager_is_named_until_the_rule_is_there(void **state) {
    (void)state;
    PortFinding found[8];
    put("/proc/12/comm", "ModemManager\n");
    size_t count = port_doctor_look(root, &ch340, 1, found, 8);
    assert_non_null(of(found, count, "modem-manager"));
    put("/etc/udev/rules.d/60-backbeat.rules", "");
    assert_int_equal(port_doctor_look(root, &ch340, 1, found, 8), 0);
}

static void a_slow_ftdi_chip_is_named(void **state) {
    (void)state;
    PortFinding found[8];
    put("/sys/bus/usb-serial/devices/ttyUSB7/latency_timer", "16\n");
    size_t count = port_doctor_look(root, &ch340, 1, found, 8);
    assert_int_equal(count, 1);
    assert_non_null(strstr(found[0].sentence, "16 ms"));
    assert_non_null(strstr(found[0].sentence, "/sys/bus/usb-serial/devices/ttyUSB7/latency_timer"));
    put("/sys/bus/usb-serial/devices/ttyUSB7/latency_timer", "1\n");
    assert_int_equal(port_doctor_look(root, &ch340, 1, found, 8), 0);
}

static void whoever_holds_the_port_is_named(void **state) {
    (void)state;
    char port[128], link[160], name[64];
    put("/dev/port", "");
    put("/proc/77/comm", "arduino-\x1B[31mide\n");
    put("/proc/77/fd/x", "");
    (void)snprintf(port, sizeof port, "%s/dev/port", root);
    (void)snprintf(link, sizeof link, "%s/proc/77/fd/9", root);
    assert_false(port_doctor_holder(root, port, name, sizeof name));
    assert_int_equal(symlink(port, link), 0);
    assert_true(port_doctor_holder(root, port, name, sizeof name));
    assert_string_equal(name, "arduino-?[31mide");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_machine_is_told_of_cables, machine, machine_gone),
        cmocka_unit_test_setup_teardown(brltty_is_named_where_the_chip_has_no_port, machine, machine_gone),
        cmocka_unit_test_setup_teardown(modem_manager_is_named_until_the_rule_is_there, machine,
                                        machine_gone),
        cmocka_unit_test_setup_teardown(a_slow_ftdi_chip_is_named, machine, machine_gone),
        cmocka_unit_test_setup_teardown(whoever_holds_the_port_is_named, machine, machine_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

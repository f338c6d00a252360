#include "core/json_file.h"
#include "core/rng.h"
#include "core/vec.h"
#include "testing.h"

#include <math.h>
#include <string.h>

static void random_numbers_are_the_same_everywhere(void **state) {
    (void)state;
    Rng rng = rng_make(42, 54);
    /* First outputs of pcg32 for seed 42, stream 54, as its author publishes them. */
    const uint32_t known[] = { 0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) assert_int_equal(rng_u32(&rng), known[i]);
}

static void random_bounds_hold(void **state) {
    (void)state;
    Rng rng = rng_make(1, 1);
    int seen[5] = { 0 };
    double sum = 0;
    for (int i = 0; i < 5000; i++) {
        uint32_t value = rng_below(&rng, 5);
        assert_in_range(value, 0, 4);
        seen[value]++;
        sum += rng_normal(&rng);
    }
    for (int i = 0; i < 5; i++) assert_in_range(seen[i], 850, 1150);
    assert_true(fabs(sum / 5000) < 0.06);
    assert_int_equal(rng_below(&rng, 0), 0);
}

static void quaternions_turn_vectors(void **state) {
    (void)state;
    Quat quarter = quat_from_rotation_vector(vec3(0, 0, PI / 2));
    Vec3 turned = quat_rotate(quarter, vec3(1, 0, 0));
    assert_true(vec3_length(vec3_sub(turned, vec3(0, 1, 0))) < 1e-12);
    Vec3 back = quat_rotation_vector(quarter);
    assert_true(fabs(back.z - PI / 2) < 1e-12);
    Quat opposite = quat_between(vec3(0, 0, 1), vec3(0, 0, -1));
    assert_true(vec3_length(vec3_sub(quat_rotate(opposite, vec3(0, 0, 1)), vec3(0, 0, -1))) < 1e-9);
    Quat axes = quat_from_axes(vec3(0, 0, 1), vec3(1, 0, 0));
    assert_true(vec3_length(vec3_sub(quat_rotate(axes, vec3(1, 0, 0)), vec3(0, 0, 1))) < 1e-9);
    assert_true(vec3_length(vec3_sub(quat_rotate(axes, vec3(0, 0, 1)), vec3(1, 0, 0))) < 1e-9);
    assert_true(quat_unit((Quat){ 0, 0, 0, 0 }).w == 1);
}

static const char document[] = "{\n"
                               "  \"name\": \"a \\\" } string\",\n"
                               "  \"list\": [1,\n"
                               "    {\"deep\": [true, null,\n"
                               "      7]},\n"
                               "    3],\n"
                               "  \"last\": 2.5\n"
                               "}\n";

static void values_know_their_line(void **state) {
    (void)state;
    JsonFile file;
    Error error = { 0 };
    assert_int_equal(json_file_parse(&file, document, "doc.json", &error), RESULT_OK);
    assert_int_equal(json_file_line(&file, "name"), 2);
    assert_int_equal(json_file_line(&file, "list[1].deep[2]"), 5);
    assert_int_equal(json_file_line(&file, "list[2]"), 6);
    assert_int_equal(json_file_line(&file, "last"), 7);
    int64_t whole = 0;
    double number = 0;
    assert_int_equal(json_file_integer(&file, "list[1].deep[2]", 0, 9, &whole, &error), RESULT_OK);
    assert_int_equal(whole, 7);
    assert_int_equal(json_file_number(&file, "last", 0, 9, &number, &error), RESULT_OK);
    assert_true(number == 2.5);
    assert_int_equal(json_file_integer(&file, "last", 0, 9, &whole, &error), RESULT_BAD_DATA);
    assert_string_equal(error.text, "doc.json, line 7: last must be a whole number from 0 to 9");
    assert_int_equal(json_file_integer(&file, "list[1].gone", 0, 9, &whole, &error), RESULT_BAD_DATA);
    assert_non_null(strstr(error.text, "doc.json, line 4: list[1].gone is missing"));
    const char *const known[] = { "name", "list", NULL };
    assert_int_equal(json_file_known_keys(&file, "", known, &error), RESULT_BAD_DATA);
    assert_string_equal(error.text, "doc.json, line 7: last is not known here");
    json_file_free(&file);
}

static void broken_json_names_its_line(void **state) {
    (void)state;
    JsonFile file;
    Error error = { 0 };
    assert_int_equal(json_file_parse(&file, "{\n \"a\": 1,\n oops }", "x.json", &error), RESULT_BAD_DATA);
    assert_non_null(strstr(error.text, "x.json, line 3"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_numbers_are_the_same_everywhere),
        cmocka_unit_test(random_bounds_hold),
        cmocka_unit_test(quaternions_turn_vectors),
        cmocka_unit_test(values_know_their_line),
        cmocka_unit_test(broken_json_names_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

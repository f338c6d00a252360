/* A whole file as text, for tests; free() it. NULL where it can't be read. */
#ifndef TESTS_UI_FILES_H
#define TESTS_UI_FILES_H

char *test_read_file(const char *path);

#endif

/* Shared by the sheet's parts: one headless screen, one list, one folder. */
#ifndef TESTS_UI_SHEET_H
#define TESTS_UI_SHEET_H

#include "platform/screen.h"
#include "ui/context.h"

typedef struct Sheet {
    Screen *screen;
    DrawList *list;
    Coach coach;
    const char *folder;
    int failures, pictures;
    bool large_text, high_contrast;
} Sheet;

/* Presents the list, writes it as NAME.png, counts what was dropped as a failure, and clears the list. */
void sheet_write(Sheet *sheet, const char *name);

void sheet_coach(Sheet *sheet);
/* Every screen, as in play; then again with the longest words each place must hold. */
void sheet_screens(Sheet *sheet);
void sheet_long_words(Sheet *sheet);
/* The context the sheets use: numbers have counted up, a sensor is connected. */
UiContext sheet_context(const Sheet *sheet);

#endif

/* The menus: each page knows its keys and its picture. */
#ifndef APP_PAGES_H
#define APP_PAGES_H

#include "app/shell.h"

typedef struct Page {
    void (*enter)(Shell *shell); /* may be NULL */
    void (*press)(Shell *shell, UiAction action);
    void (*typed)(Shell *shell, const char *text); /* may be NULL */
    void (*idle)(Shell *shell, double quiet_s);    /* may be NULL: what happens by itself */
    void (*draw)(Shell *shell, const UiContext *ui);
} Page;

extern const Page page_title, page_leave, page_players, page_name, page_map, page_boards, page_settings,
    page_progress, page_doctor;

#endif

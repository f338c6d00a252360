/* Preloaded into a program under LeakSanitizer: libraries stay until the end, so that what they still hold is
 * found there, and what they leak has a name. */
int dlclose(void *handle);

int dlclose(void *handle) {
    (void)handle;
    return 0;
}

/* A shared library that has nothing to do with plugins. */
__attribute__((visibility("default"))) int aspm_nothing(void);
int aspm_nothing(void) {
    return 0;
}

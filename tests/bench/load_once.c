/* load_once LIBRARY: loads a plugin as a host does, asks for its table, unloads it, and prints how long that
 * took in microseconds. */
#include <aspm/plugin.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef const aspm_plugin* (*query_fn)(void);

static long long now_us(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (long long)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int fail(const char* what) {
    fprintf(stderr, "%s: %s\n", what, dlerror());
    return 1;
}

int main(int argc, char** argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: load_once LIBRARY\n");
        return 2;
    }
    const long long begin = now_us();
    void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return fail("The library cannot be loaded");
    void* symbol = dlsym(library, ASPM_PLUGIN_QUERY_SYMBOL);
    query_fn query;
    memcpy(&query, &symbol, sizeof query); /* ISO C knows no cast between data and function pointers */
    if (symbol == NULL || query() == NULL)
        return fail("The library is no plugin");
    if (dlclose(library) != 0)
        return fail("The library cannot be unloaded");
    printf("%lld\n", now_us() - begin);
    return 0;
}

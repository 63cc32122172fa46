#include "base/check.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace tb {
namespace {
std::atomic<CrashHook> crash_hook{nullptr};
}

void set_crash_hook(CrashHook hook) {
    crash_hook = hook;
}

void check_failed(const char* expression, const char* file, int line) {
    const std::string what =
        std::string("internal error: ") + expression + " (" + file + ":" + std::to_string(line) + ")";
    if (const CrashHook hook = crash_hook.exchange(nullptr)) {
        hook(what);
    }
    std::fprintf(stderr, "%s\n", what.c_str());
    std::_Exit(5);
}

} // namespace tb

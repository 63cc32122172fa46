// The forge's only use of threads: independent pieces of work, each writing its own result.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace tb::forge {

/// Calls work(0) .. work(count - 1), on all cores. The result must not depend on the order.
template <class Work>
void for_each_index(std::size_t count, const Work& work) {
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::thread> helpers;
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    for (std::size_t k = 1; k < std::min(cores, count); ++k)
        helpers.emplace_back(run);
    run();
    for (std::thread& helper : helpers)
        helper.join();
}

} // namespace tb::forge

// Joined vertices as a forest: each tree is one connected piece (union-find).
#pragma once

#include <cstdint>
#include <vector>

namespace tb::geometry {

/// Root of a vertex; halves the path on the way.
inline std::uint32_t root(std::vector<std::uint32_t>& parent, std::uint32_t v) {
    while (parent[v] != v) {
        parent[v] = parent[parent[v]];
        v = parent[v];
    }
    return v;
}

} // namespace tb::geometry

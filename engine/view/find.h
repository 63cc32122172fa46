// Search as you type over everything that has a name: structures (English, Latin, FMA id, id, synonyms),
// groups and trigger points.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "anatomy/atlas.h"

namespace tb::view {

struct Found {
    enum class Kind { Structure, Group, Point };
    Kind kind = Kind::Structure;
    StructureId structure; ///< Structure: the right one or that of the midline
    std::string id;        ///< structure or trigger point id without side, or the group's name
    std::string title;     ///< English, without side
    std::string why;       ///< the other name that was met ("also: traps"), empty if it was the title
    int rank = 0;          ///< 0 best
};

class Finder {
public:
    explicit Finder(const anatomy::Atlas& atlas);
    /// Every word of the query must occur in the names; the best first: whole names, then beginnings, then
    /// words, then parts of words. Case and accents do not matter. Empty query: nothing.
    [[nodiscard]] std::vector<Found> find(std::string_view query, std::size_t most = 60) const;

private:
    struct Entry {
        Found found;
        std::vector<std::string> names; ///< as shown; the first is the title
        std::vector<std::string> plain; ///< the same, lower case without accents
    };
    void add(Found found, std::vector<std::string> names);
    std::vector<Entry> entries_;
};

/// Other names of a structure (id without side), as clinicians say them.
std::vector<std::string_view> synonyms(std::string_view base_id);
/// Lower case, accents off, signs between words as blanks.
std::string plain_text(std::string_view text);

} // namespace tb::view

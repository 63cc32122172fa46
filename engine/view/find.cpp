#include "view/find.h"

#include <algorithm>
#include <optional>
#include <set>

#include "view/groups.h"
#include "view/points.h"
#include "view/words.h"

namespace tb::view {
namespace {

constexpr int kWholeName = 0, kBegin = 1, kWord = 2, kPart = 3, kSpread = 4;
constexpr int kNotTitle = 5; ///< any other name comes after every title

bool at_word_start(const std::string& text, std::size_t at) {
    return at == 0 || text[at - 1] == ' ';
}

/// How well one name answers the query; nothing if a word is missing.
std::optional<int> rank_of(const std::string& name, const std::string& query,
                           const std::vector<std::string_view>& words) {
    if (name == query) return kWholeName;
    if (name.starts_with(query)) return kBegin;
    for (std::size_t at = name.find(query); at != std::string::npos; at = name.find(query, at + 1)) {
        if (at_word_start(name, at)) return kWord;
    }
    if (name.find(query) != std::string::npos) return kPart;
    const bool all = std::all_of(words.begin(), words.end(),
                                 [&](std::string_view w) { return name.find(w) != std::string::npos; });
    if (all) return kSpread;
    return std::nullopt;
}

/// Two-byte UTF-8 letters of Latin-1 without their accent; 0 if it is none.
char without_accent(unsigned char lead, unsigned char follow) {
    if (lead != 0xC3U) return 0;
    const unsigned code = follow & 0x3FU; // U+00C0 + code
    static constexpr std::string_view kBase = "aaaaaaaceeeeiiiidnooooo ouuuuyts";
    return kBase[code % 32U];
}

} // namespace

std::string plain_text(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        char plain = ' ';
        if (c >= 'A' && c <= 'Z') {
            plain = static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            plain = static_cast<char>(c);
        } else if (c >= 0xC0U && i + 1 < text.size()) {
            const char letter = without_accent(c, static_cast<unsigned char>(text[i + 1]));
            plain = letter != 0 ? letter : ' ';
            while (i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xC0U) == 0x80U)
                ++i;
        } else if (c == '\'') {
            continue;
        }
        if (plain == ' ' && (out.empty() || out.back() == ' ')) continue;
        out += plain;
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

void Finder::add(Found found, std::vector<std::string> names) {
    Entry e{std::move(found), {}, {}};
    for (std::string& n : names) {
        std::string plain = plain_text(n);
        if (plain.empty()) continue;
        e.plain.push_back(std::move(plain));
        e.names.push_back(std::move(n));
    }
    entries_.push_back(std::move(e));
}

Finder::Finder(const anatomy::Atlas& atlas) {
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
        const anatomy::Structure& s = atlas.structure(StructureId{i});
        const StructureId right = atlas.find(base_of(s), anatomy::Side::Right);
        if (s.side == anatomy::Side::Left && right.valid() && right.index != i) continue; // with its twin
        const std::string base(base_of(s));
        std::vector<std::string> names{name_without_side(s)};
        if (names.front() != s.name) { // "Right kidney"
            names.push_back(s.name);
            if (const StructureId twin = other_side(atlas, StructureId{i}); twin.valid())
                names.push_back(atlas.structure(twin).name);
        }
        for (const std::string_view other : synonyms(base))
            names.emplace_back(other);
        std::set<std::string> of_points; // what the trigger point tables call the muscle
        for (const anatomy::TriggerPoint* p : points_in(atlas, StructureId{i}))
            of_points.insert(p->muscle_name);
        names.insert(names.end(), of_points.begin(), of_points.end());
        for (const std::string& more : {s.ta2, s.fma, base})
            names.push_back(more);
        add({Found::Kind::Structure, StructureId{i}, base, names.front(), {}, 0}, names);
    }
    for (const std::string& name : group_names(atlas))
        add({Found::Kind::Group, {}, name, name, {}, 0}, {name});
    for (const anatomy::TriggerPoint& p : atlas.trigger_points()) {
        const std::string title = "Trigger point " + title_of(atlas, p);
        add({Found::Kind::Point, {}, p.id, title, {}, 0}, {title, p.muscle_ta2, p.id, p.location});
    }
}

std::vector<Found> Finder::find(std::string_view query, std::size_t most) const {
    const std::string plain = plain_text(query);
    std::vector<Found> out;
    if (plain.empty()) return out;
    const std::vector<std::string_view> words = split(plain, ' '); // one blank between words
    for (const Entry& e : entries_) {
        std::optional<int> best;
        std::size_t by = 0;
        for (std::size_t i = 0; i < e.plain.size(); ++i) {
            auto rank = rank_of(e.plain[i], plain, words);
            if (!rank) continue;
            // A short form said exactly ("QL") is meant, as much as a title.
            if (i > 0 && *rank != kWholeName) *rank += kNotTitle;
            if (!best || *rank < *best) {
                best = rank;
                by = i;
            }
        }
        if (!best) { // words spread over several names: "upper trap right", "deltoid posterior"
            const bool all = std::all_of(words.begin(), words.end(), [&](std::string_view w) {
                return std::any_of(e.plain.begin(), e.plain.end(),
                                   [&](const std::string& n) { return n.find(w) != std::string::npos; });
            });
            if (!all) continue;
            best = 2 * kNotTitle;
        }
        Found f = e.found;
        // Structures first: who looks for a muscle's points finds them on its card too.
        const bool point = f.kind == Found::Kind::Point && plain.find("trigger") == std::string::npos;
        f.rank = *best * 3 + static_cast<int>(f.kind) + (point ? 6 * kNotTitle : 0);
        if (by > 0) f.why = e.names[by];
        out.push_back(std::move(f));
    }
    std::stable_sort(out.begin(), out.end(), [](const Found& a, const Found& b) { return a.rank < b.rank; });
    if (out.size() > most) out.resize(most);
    return out;
}

} // namespace tb::view

#include "view/view_link.h"

#include <cmath>
#include <cstdio>
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "view/peel.h"
#include "view/words.h"

namespace tb::view {
namespace {

constexpr std::string_view kHead = "tautband-view/1";
/// Longest text that is read: far above what all structures by name would need.
constexpr std::size_t kLongest = 60000;
constexpr float kFarthest_mm = 10000.0f;

/// Shortest text with at most `digits` places; "-0" is "0".
std::string number(float value, int digits) {
    std::string s = fmt::format("{:.{}f}", value, digits);
    if (s.find('.') != std::string::npos) {
        while (s.back() == '0')
            s.pop_back();
        if (s.back() == '.') s.pop_back();
    }
    return s == "-0" ? "0" : s;
}

template <class Set>
std::string joined(const Set& words) {
    return fmt::format("{}", fmt::join(words, ","));
}

constexpr LayerSwitch kOnSwitches[] = {kHazardsSwitch, kBandsSwitch};
constexpr std::string_view kNo = "no-"; ///< before the word of a kind that is off

constexpr std::string_view kCutWords[] = {"viewer", "sagittal", "frontal", "transverse"};

tl::unexpected<Error> fault(std::string_view part, std::string_view remedy) {
    return fail(ErrorCode::BadInput, fmt::format("the part \"{}\" of this view link is not understood; {}",
                                                 part.substr(0, 80), remedy));
}

bool read(std::string_view text, float& out, float low, float high) {
    float value = 0.0f;
    if (!read_number(text, value) || !(value >= low && value <= high)) return false; // refuses NaN too
    out = value;
    return true;
}

bool is_id(std::string_view id) {
    if (id.empty() || id.size() > 100) return false;
    for (const char c : id) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '_' || c == '-' || c == '.';
        if (!good) return false;
    }
    return true;
}

bool read_ids(std::string_view text, std::set<std::string>& out) {
    for (const std::string_view id : split(text, ',')) {
        if (!is_id(id)) return false;
        out.insert(std::string(id));
    }
    return true;
}

bool read_camera(std::string_view text, OrbitCamera& c) {
    const auto v = split(text, ',');
    if (v.size() < 6 || v.size() > 8) return false;
    const bool good =
        read(v[0], c.focus.x, -kFarthest_mm, kFarthest_mm) &&
        read(v[1], c.focus.y, -kFarthest_mm, kFarthest_mm) &&
        read(v[2], c.focus.z, -kFarthest_mm, kFarthest_mm) && read(v[3], c.azimuth_deg, -360.0f, 360.0f) &&
        read(v[4], c.elevation_deg, -90.0f, 90.0f) && read(v[5], c.distance_mm, 50.0f, kFarthest_mm);
    return good && (v.size() < 7 || read(v[6], c.roll_deg, -360.0f, 360.0f)) &&
           (v.size() < 8 || read(v[7], c.fov_deg, 1.0f, 120.0f));
}

bool read_cut(std::string_view text, Layers& l) {
    const auto v = split(text, ',');
    if (v.empty() || v.size() > 3) return false;
    bool known = false;
    for (std::size_t i = 0; i < std::size(kCutWords); ++i) {
        if (kCutWords[i] != v[0]) continue;
        l.cut_facing = static_cast<CutFacing>(i);
        known = true;
    }
    l.cut = true;
    if (v.size() > 2) l.cut_flip = v[2] == "flip";
    return known && (v.size() < 2 || read(v[1], l.cut_mm, -kFarthest_mm, kFarthest_mm)) &&
           (v.size() < 3 || l.cut_flip);
}

bool read_lens(std::string_view text, Lens& lens) {
    const auto v = split(text, ',');
    lens.on = true;
    return v.size() == 4 && read(v[0], lens.centre.x, 0.0f, 1.0f) && read(v[1], lens.centre.y, 0.0f, 1.0f) &&
           read(v[2], lens.radius, 0.02f, 1.0f) && read(v[3], lens.depth, 0.0f, kPeelBones);
}

bool read_faded(std::string_view text, std::map<std::string, float>& out) {
    for (const std::string_view one : split(text, ',')) {
        const std::size_t equals = one.find('=');
        float opacity = 0.0f;
        if (equals == std::string_view::npos || !is_id(one.substr(0, equals)) ||
            !read(one.substr(equals + 1), opacity, 0.0f, 1.0f))
            return false;
        out[std::string(one.substr(0, equals))] = opacity;
    }
    return true;
}

/// One part; false when it is not understood.
bool read_part(std::string_view key, std::string_view value, bool has_value, ViewSettings& v) {
    Layers& l = v.layers;
    if (!has_value) {
        for (const LayerSwitch& s : kKindSwitches) {
            if (key.starts_with(kNo) && key.substr(kNo.size()) == s.word) {
                l.*s.flag = false;
                return true;
            }
        }
        for (const LayerSwitch& s : kOnSwitches) {
            if (key == s.word) return l.*s.flag = true;
        }
        if (key == "labels") return v.labels = true;
        return false;
    }
    if (key == "cam") return read_camera(value, v.camera);
    if (key == "skin") return read(value, l.skin_opacity, 0.0f, 1.0f);
    if (key == "muscles") return read(value, l.muscle_opacity, 0.0f, 1.0f);
    if (key == "peel") return read(value, l.peel, 0.0f, kPeelBones);
    if (key.starts_with("peel-")) {
        const PeelRegion* region = peel_region(key.substr(5));
        return region != nullptr && read(value, l.peel_in[std::string(region->id)], 0.0f, kPeelBones);
    }
    if (key == "off") {
        float layer = 0.0f;
        const bool good = read(value, layer, 0.0f, 20.0f) && layer == std::floor(layer);
        l.deepest_hidden_layer = static_cast<int>(layer);
        return good;
    }
    if (key == "hide") return read_ids(value, l.hidden);
    if (key == "only") return read_ids(value, l.only);
    if (key == "fade") return read_faded(value, l.faded);
    if (key == "show") return read_ids(value, l.highlighted);
    if (key == "points") return read_ids(value, l.points);
    if (key == "referral" && is_id(value)) {
        l.referral = std::string(value);
        return true;
    }
    if (key == "cut") return read_cut(value, l);
    if (key == "lens") return read_lens(value, l.lens);
    return false;
}

} // namespace

std::string to_link(const ViewSettings& v) {
    std::string out(kHead);
    const auto part = [&](std::string_view text) {
        out += '/';
        out += text;
    };
    const OrbitCamera& c = v.camera;
    const OrbitCamera plain;
    std::string camera =
        fmt::format("cam:{},{},{},{},{},{}", number(c.focus.x, 1), number(c.focus.y, 1), number(c.focus.z, 1),
                    number(c.azimuth_deg, 2), number(c.elevation_deg, 2), number(c.distance_mm, 1));
    const bool lens = c.fov_deg != plain.fov_deg;
    if (lens || c.roll_deg != 0.0f) camera += "," + number(c.roll_deg, 2);
    if (lens) camera += "," + number(c.fov_deg, 2);
    part(camera);
    const Layers& l = v.layers;
    for (const LayerSwitch& s : kKindSwitches) {
        if (!(l.*s.flag)) part(fmt::format("{}{}", kNo, s.word));
    }
    if (l.skin_opacity != 1.0f) part("skin:" + number(l.skin_opacity, 3));
    if (l.muscle_opacity != 1.0f) part("muscles:" + number(l.muscle_opacity, 3));
    if (l.peel != 0.0f) part("peel:" + number(l.peel, 2));
    for (const auto& [region, stage] : l.peel_in) {
        if (stage != 0.0f) part(fmt::format("peel-{}:{}", region, number(stage, 2)));
    }
    if (l.deepest_hidden_layer != 0) part(fmt::format("off:{}", l.deepest_hidden_layer));
    if (!l.only.empty()) part("only:" + joined(l.only));
    if (!l.hidden.empty()) part("hide:" + joined(l.hidden));
    if (!l.faded.empty()) {
        std::vector<std::string> faded;
        for (const auto& [id, opacity] : l.faded)
            faded.push_back(id + "=" + number(opacity, 2));
        part("fade:" + joined(faded));
    }
    if (!l.highlighted.empty()) part("show:" + joined(l.highlighted));
    if (!l.points.empty()) part("points:" + joined(l.points));
    if (!l.referral.empty()) part("referral:" + l.referral);
    for (const LayerSwitch& s : kOnSwitches) {
        if (l.*s.flag) part(s.word);
    }
    if (l.cut) {
        std::string cut = fmt::format("cut:{}", kCutWords[static_cast<std::size_t>(l.cut_facing)]);
        if (l.cut_mm != 0.0f || l.cut_flip) cut += "," + number(l.cut_mm, 1);
        if (l.cut_flip) cut += ",flip";
        part(cut);
    }
    if (l.lens.on) {
        part(fmt::format("lens:{},{},{},{}", number(l.lens.centre.x, 4), number(l.lens.centre.y, 4),
                         number(l.lens.radius, 3), number(l.lens.depth, 2)));
    }
    if (v.labels) part("labels");
    return out;
}

Expected<ViewSettings> from_link(std::string_view text) {
    std::string bare;
    if (text.size() > kLongest)
        return fail(ErrorCode::BadInput, "this view link is too long; copy it again from the Anatomy screen");
    for (const char c : text) {
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') bare += c;
    }
    if (!bare.starts_with(kHead) || (bare.size() > kHead.size() && bare[kHead.size()] != '/')) {
        return fail(ErrorCode::BadInput,
                    fmt::format("this text is no view link; one begins with \"{}/\"", kHead));
    }
    ViewSettings v;
    if (bare.size() <= kHead.size() + 1) return v;
    for (const std::string_view part : split(std::string_view(bare).substr(kHead.size() + 1), '/')) {
        if (part.empty()) continue;
        const std::size_t colon = part.find(':');
        const bool has_value = colon != std::string_view::npos;
        const std::string_view key = part.substr(0, colon);
        const std::string_view value = has_value ? part.substr(colon + 1) : std::string_view();
        if (!read_part(key, value, has_value, v)) return fault(part, "copy the link again, whole");
    }
    return v;
}

} // namespace tb::view

#include "anatomy/places.h"

#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "anatomy/fields.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;
using Measure = LandmarkDistance::Measure;

constexpr double kLongest_mm = 600.0; // no statement of the tables reaches further

struct Word {
    std::string_view word;
    Measure measure;
    Vec3 direction; ///< zero: not along an axis
};
const std::array<Word, 7> kWords{{{"lateral", Measure::Lateral, {-1.0, 0.0, 0.0}},
                                  {"medial", Measure::Medial, {1.0, 0.0, 0.0}},
                                  {"above", Measure::Above, {0.0, 1.0, 0.0}},
                                  {"below", Measure::Below, {0.0, -1.0, 0.0}},
                                  {"in_front", Measure::InFront, {0.0, 0.0, 1.0}},
                                  {"behind", Measure::Behind, {0.0, 0.0, -1.0}},
                                  {"apart", Measure::Apart, Vec3(0.0)}}};

} // namespace

Place place_from_json(const JsonReader& at) {
    Place place;
    if (!at.exists()) return place;
    if (at.raw().is_string()) {
        place.from = at.as_text();
        return place;
    }
    at.only_keys({"at", "between", "share", "offset"});
    if (at.child("between", false).exists()) {
        const std::vector<std::string> names = at.texts_or_empty("between");
        if (names.size() != 2) {
            at.child("between").fault("two landmarks are expected here");
        } else {
            place.from = names[0];
            place.to = names[1];
        }
        place.share = at.number("share", -2.0, 3.0);
    } else {
        place.from = at.text("at");
    }
    place.offset = vector_from_json(at.child("offset", false), kLongest_mm);
    return place;
}

std::string unknown_landmark(const Place& place, const Catalogue& catalogue) {
    if (right_landmark(catalogue, place.from) == nullptr) return place.from;
    if (!place.to.empty() && right_landmark(catalogue, place.to) == nullptr) return place.to;
    return {};
}

std::optional<Vec3> position_of(const Place& place, const Catalogue& catalogue) {
    const Landmark* from = right_landmark(catalogue, place.from);
    const Landmark* to = place.to.empty() ? from : right_landmark(catalogue, place.to);
    if (from == nullptr || to == nullptr) return std::nullopt;
    return glm::mix(from->position, to->position, place.share) + place.offset;
}

LandmarkDistance landmark_distance_from_json(const JsonReader& at) {
    at.only_keys({"from", "measure", "distance_mm", "offset_mm"});
    LandmarkDistance out;
    out.from = place_from_json(at.child("from"));
    if (at.child("offset_mm", false).exists()) {
        out.measure = Measure::Offset;
        out.offset = vector_from_json(at.child("offset_mm"), kLongest_mm);
        return out;
    }
    out.distance_mm = at.number("distance_mm", 0.0, kLongest_mm);
    const std::string word = at.text("measure");
    for (const Word& w : kWords) {
        if (w.word != word) continue;
        out.measure = w.measure;
        return out;
    }
    at.child("measure", false)
        .fault(fmt::format(
            "\"{}\" is no measure; use lateral, medial, above, below, in_front, behind or apart", word));
    return out;
}

double disagreement_mm(const LandmarkDistance& statement, const Vec3& landmark, const Vec3& p,
                       const Vec3& skin_normal) {
    const auto along_skin = [&](const Vec3& way) { return way - glm::dot(way, skin_normal) * skin_normal; };
    const Vec3 way = p - landmark;
    if (statement.measure == Measure::Offset) return glm::length(along_skin(way - statement.offset));
    if (statement.measure == Measure::Apart)
        return std::abs(glm::length(along_skin(way)) - statement.distance_mm);
    for (const Word& w : kWords) {
        if (w.measure == statement.measure)
            return std::abs(glm::dot(way, w.direction) - statement.distance_mm);
    }
    return 0.0;
}

} // namespace tb::anatomy

#include "view/labels.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "anatomy/queries.h"
#include "view/groups.h"
#include "view/layers.h"
#include "view/pick.h"

namespace tb::view {
namespace {

using geometry::Vec3;

constexpr int kGridWidth = 32; ///< rays across the picture
constexpr int kFewestHits = 2; ///< fewer: too small to name

struct Seen {
    int hits = 0;
    glm::vec2 sum{0.0f};
    std::vector<glm::vec2> pixels;
};

std::vector<Label> structures_in_view(const anatomy::Body& body, const ViewSettings& settings,
                                      glm::vec2 size_px, std::size_t most) {
    const int rows =
        std::max(1, static_cast<int>(std::lround(static_cast<float>(kGridWidth) * size_px.y / size_px.x)));
    std::map<StructureId, Seen> seen;
    for (int j = 0; j < rows; ++j) {
        for (int i = 0; i < kGridWidth; ++i) {
            const glm::vec2 pixel((static_cast<float>(i) + 0.5f) * size_px.x / kGridWidth,
                                  (static_cast<float>(j) + 0.5f) * size_px.y / static_cast<float>(rows));
            const auto picked = pick(body, settings, size_px, pixel);
            if (!picked || picked->structure == body.atlas().skin()) continue;
            Seen& s = seen[picked->structure];
            ++s.hits;
            s.sum += pixel;
            s.pixels.push_back(pixel);
        }
    }
    std::vector<std::pair<StructureId, Seen>> order(seen.begin(), seen.end());
    std::erase_if(order, [](const auto& entry) { return entry.second.hits < kFewestHits; });
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second.hits > b.second.hits; });
    if (order.size() > most) order.resize(most);
    std::vector<Label> labels;
    for (const auto& [id, s] : order) {
        const anatomy::Structure& structure = body.atlas().structure(id);
        const glm::vec2 middle = s.sum / static_cast<float>(s.hits);
        // The seen place nearest to the middle: certainly on the structure.
        const glm::vec2 anchor =
            *std::min_element(s.pixels.begin(), s.pixels.end(), [&](glm::vec2 a, glm::vec2 b) {
                return glm::length(a - middle) < glm::length(b - middle);
            });
        labels.push_back({structure.id, name_with_side(structure), anchor, {}, {}, false});
    }
    return labels;
}

std::vector<Label> landmarks_in_view(const anatomy::Body& body, const ViewSettings& settings,
                                     glm::vec2 size_px, std::size_t most) {
    constexpr double kUnderSkin_mm = 25.0; // deeper ones cannot be felt where they are drawn
    constexpr double kFacing = 0.25;
    const render::Camera camera = settings.camera.camera();
    struct Near {
        Label label;
        float from_middle = 0.0f;
    };
    std::vector<Near> found;
    for (const anatomy::Landmark& landmark : body.atlas().catalogue().landmarks) {
        const anatomy::SkinPoint skin = anatomy::nearest_skin(body, landmark.position);
        const Vec3 to_eye = glm::normalize(Vec3(camera.eye) - skin.point);
        if (glm::length(skin.point - landmark.position) > kUnderSkin_mm ||
            glm::dot(skin.normal, to_eye) < kFacing)
            continue;
        glm::vec2 pixel;
        if (!render::project(camera, size_px, glm::vec3(skin.point), pixel)) continue;
        if (pixel.x < 0.0f || pixel.y < 0.0f || pixel.x >= size_px.x || pixel.y >= size_px.y) continue;
        const auto hit = anatomy::skin_hit(body, Vec3(camera.eye), skin.point - Vec3(camera.eye));
        if (hit && glm::length(hit->point - skin.point) > 3.0) continue; // behind another part of the body
        found.push_back({{landmark.name, name_with_side(landmark.name, landmark.side), pixel, {}, {}, false},
                         glm::length(pixel - size_px * 0.5f)});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Near& a, const Near& b) { return a.from_middle < b.from_middle; });
    if (found.size() > most) found.resize(most);
    std::vector<Label> labels;
    for (Near& n : found)
        labels.push_back(std::move(n.label));
    return labels;
}

/// Heights of the boxes of one column: each as near to its anchor as the others allow, in the anchors' order.
void stack(std::vector<Label*>& column, float height, const LabelStyle& style) {
    const float line = style.line_height_px, top = style.margin_px,
                bottom = height - std::max(style.margin_px, style.foot_px) - line;
    float next = top;
    for (Label* l : column) {
        l->box_px.y = std::max(next, l->anchor_px.y - line / 2.0f);
        next = l->box_px.y + line;
    }
    float limit = bottom;
    for (auto it = column.rbegin(); it != column.rend(); ++it) {
        (*it)->box_px.y = std::min((*it)->box_px.y, limit);
        limit = (*it)->box_px.y - line;
    }
}

} // namespace

std::vector<Label> arrange(std::vector<Label> labels, glm::vec2 size_px, const LabelStyle& style) {
    const auto room = static_cast<std::size_t>(
        std::max(0.0f, std::floor((size_px.y - style.margin_px - std::max(style.margin_px, style.foot_px)) /
                                  style.line_height_px)));
    if (labels.size() > 2 * room) labels.resize(2 * room);
    const float widest = std::max(0.0f, size_px.x / 2.0f - 2.0f * style.margin_px);
    for (Label& l : labels) {
        const float width = style.text_width ? style.text_width(l.text)
                                             : style.character_px * static_cast<float>(l.text.size());
        l.size_px = {std::min(widest, width), style.line_height_px};
        l.right = l.anchor_px.x >= size_px.x / 2.0f;
    }
    std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) {
        if (a.anchor_px.y != b.anchor_px.y) return a.anchor_px.y < b.anchor_px.y;
        if (a.anchor_px.x != b.anchor_px.x) return a.anchor_px.x < b.anchor_px.x;
        return a.id < b.id;
    });
    for (const bool right :
         {false, true}) { // what is too much for one side goes to the other, innermost first
        auto count = static_cast<std::size_t>(
            std::count_if(labels.begin(), labels.end(), [&](const Label& l) { return l.right == right; }));
        while (count > room) {
            Label* innermost = nullptr;
            for (Label& l : labels) {
                if (l.right != right) continue;
                const auto from_middle = [&](const Label& x) {
                    return std::abs(x.anchor_px.x - size_px.x / 2.0f);
                };
                if (innermost == nullptr || from_middle(l) < from_middle(*innermost)) innermost = &l;
            }
            innermost->right = !right;
            --count;
        }
    }
    for (const bool right : {false, true}) {
        std::vector<Label*> column;
        for (Label& l : labels) {
            if (l.right != right) continue;
            l.box_px.x = right ? size_px.x - style.margin_px - l.size_px.x : style.margin_px;
            column.push_back(&l);
        }
        stack(column, size_px.y, style);
    }
    return labels;
}

std::vector<Label> place_labels(const anatomy::Body& body, const ViewSettings& settings, glm::vec2 size_px,
                                const LabelStyle& style) {
    if (size_px.x < 1.0f || size_px.y < 1.0f) return {};
    const auto most = static_cast<std::size_t>(std::max(0, style.most));
    const bool only_skin = skin_hides_all(settings.layers);
    return arrange(only_skin ? landmarks_in_view(body, settings, size_px, most)
                             : structures_in_view(body, settings, size_px, most),
                   size_px, style);
}

} // namespace tb::view

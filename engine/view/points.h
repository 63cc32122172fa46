// Trigger points in the anatomy browser: lists by region, muscle and painful area, and marks on the body.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "anatomy/body.h"
#include "render/render_scene.h"
#include "view/view_settings.h"

namespace tb::view {

enum class PointOrder { Region, Muscle, PainfulArea };

struct PointRow {
    const anatomy::TriggerPoint* point = nullptr;
    bool spillover = false; ///< of a painful area: only in part of the patients
};
struct PointList {
    std::string id, title;
    std::vector<PointRow> rows;
};
/// Lists in reading order; every point is in at least one list of each order (of painful areas, if it refers
/// anywhere).
std::vector<PointList> point_lists(const anatomy::Atlas& atlas, PointOrder order);

/// "soleus-1_r" to the point and its side; without a side the right one. The point is null if there is none
/// or not on this side; the side is told all the same.
std::pair<const anatomy::TriggerPoint*, anatomy::Side> point_of(const anatomy::Atlas& atlas,
                                                                std::string_view id_with_side);
/// "Soleus 1": the muscle and its number among the muscle's points.
std::string title_of(const anatomy::Atlas& atlas, const anatomy::TriggerPoint& point);
/// On this side, body frame.
geometry::Vec3 position_of(const anatomy::TriggerPoint& point, anatomy::Side side);
/// Trigger points in a structure.
std::vector<const anatomy::TriggerPoint*> points_in(const anatomy::Atlas& atlas, StructureId id);

/// Something in these layers tells where trigger points lie: marks, bands, painted referred pain.
bool shows_points(const Layers& layers);
void take_points_off(Layers& layers);

/// Marks of `layers.points`: a small ball with a ring that is drawn over everything.
void add_points(const anatomy::Body& body, const Layers& layers, render::RenderScene& scene);

} // namespace tb::view

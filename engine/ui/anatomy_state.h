// What the Anatomy screen remembers between frames.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/referral.h"
#include "view/find.h"
#include "view/fixed_views.h"
#include "view/groups.h"
#include "view/hazard_sight.h"
#include "view/pick.h"
#include "view/points.h"
#include "view/transition.h"

namespace tb::ui {

/// The list on the left: systems, their groups, and structures (right or midline ones stand for both sides).
struct SystemNode {
    std::string name;
    struct Row {
        StructureId id;
        std::vector<StructureId> both; ///< it and that of the other side, if there is one
    };
    struct Group {
        std::string name;
        std::vector<Row> rows;
        std::vector<StructureId> all; ///< both sides
    };
    std::vector<Group> groups;
    std::vector<StructureId> all; ///< both sides
    std::size_t count = 0;        ///< of rows
};

struct AnatomyState {
    // the way to another view
    view::Transition flow;
    view::ViewSettings flowed; ///< what `flow` made of the view in this frame
    bool went = false;         ///< a way was begun in this frame
    // made once an atlas
    const anatomy::Atlas* atlas = nullptr;
    std::unique_ptr<view::Finder> finder;
    std::unique_ptr<anatomy::ReferralMap> referral;
    std::vector<SystemNode> tree;
    // lists
    std::string found_for;
    std::vector<view::Found> found;
    bool points_tab = false, focus_search = false;
    view::PointOrder order = view::PointOrder::Region;
    view::PointOrder listed_order = view::PointOrder::Region;
    std::vector<view::PointList> lists;
    bool ask_place = false; ///< the next click on the skin asks which trigger points send pain there
    std::vector<anatomy::Candidate> candidates;
    // choices
    view::Scope scope = view::Scope::Structure;
    anatomy::Side side = anatomy::Side::Right; ///< of what is chosen from lists and of paired regions
    int region = 0;                            ///< index of fixed_regions()
    int direction = -1;                        ///< fixed view in force; -1: none
    std::string peel_region;                   ///< empty: the whole body
    std::string point;                         ///< trigger point with side whose card is shown
    bool link_open = false;
    std::string message; ///< about the last link, one sentence
    // pointer over the picture
    glm::vec2 cursor{-1.0f}; ///< px from the picture's corner; negative: nowhere
    bool cursor_by_keys = false;
    glm::vec2 pressed_at{-1.0f};
    std::optional<view::Picked> under;
    std::optional<view::HazardSight> sight;
    glm::vec2 under_cursor{-2.0f}, under_size{0.0f};
    view::ViewSettings under_for;
};

} // namespace tb::ui

// Distances and filters on a regular grid of values.
#pragma once

#include "geometry/contour.h"

namespace tb::forge {

/// Each value becomes the greatest, or the mean, of those within `reach` cells along every axis.
void spread_greatest(geometry::FieldGrid& grid, int reach);
void average(geometry::FieldGrid& grid, int reach);

/// Lowers each value to the distance of the nearest triangle, as far as that is below `reach` mm.
void add_distances(geometry::FieldGrid& distance, const geometry::Mesh& mesh, double reach);

/// Continues distances known near a surface (below `known_below`) to the rest of the grid (fast sweeping of
/// the eikonal equation, Zhao 2005, Math. Comp. 74:603-627).
void sweep_distances(geometry::FieldGrid& distance, float known_below);

/// The signed distance to a field's zero surface, whatever the field's slope.
geometry::FieldGrid as_distance(const geometry::FieldGrid& field);
/// The signed distance to the field's solid closed by a ball: furrows the ball cannot enter are filled. The
/// field must be the distance outside the solid.
geometry::FieldGrid closed_by_ball(geometry::FieldGrid field, float ball_mm);

/// The envelope that the deep fascia makes of muscles and bones: the set closed by a ball of `bridge_mm`,
/// which cannot enter furrows. Takes the unsigned distance, gives the signed one, negative inside. The grid's
/// first corner must lie outside.
geometry::FieldGrid bridged(geometry::FieldGrid distance, float bridge_mm);

/// A grid of the right half continued to the left as its mirror image.
geometry::FieldGrid both_halves(const geometry::FieldGrid& right);
geometry::FieldGrid right_half(const geometry::FieldGrid& whole);

} // namespace tb::forge

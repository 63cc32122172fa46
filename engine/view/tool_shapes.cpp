#include "view/tool_shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/check.h"
#include "geometry/contour.h"
#include "geometry/implicit.h"
#include "view/solids.h"

namespace tb::view {
namespace {

using geometry::Blob;
using geometry::ImplicitShape;
using geometry::Mesh;
using geometry::Tube;
using geometry::Vec3;

constexpr auto kShapeCount = static_cast<std::size_t>(Shape::Count);
constexpr std::uint64_t kFirstShapeId = 1ULL << 40U;
constexpr double kHandStep_mm = 3.0; ///< grid of the hands: fine enough once settled onto the smooth field

struct Joint {
    Vec3 at;
    double radius;
};

void add_finger(ImplicitShape& hand, const std::vector<Joint>& joints) {
    std::vector<Tube::Point> points;
    for (const Joint& j : joints)
        points.push_back({j.at, j.radius, j.radius, Vec3(1, 0, 0)});
    hand.add(geometry::subdivided_tube(points, 3));
}

Mesh built(const ImplicitShape& shape, double step_mm) {
    geometry::Box box = shape.box();
    box.grow(3.0);
    const geometry::LocalField field = shape.field();
    Mesh mesh = geometry::contour(geometry::sample(field, box, step_mm));
    geometry::settle(mesh, field, 0.2, step_mm);
    return mesh;
}

void add_palm_and_wrist(ImplicitShape& hand) {
    hand.add(Blob{{-18, 108, 51}, {36, 44, 15}, glm::dmat3(1.0)});
    hand.add(Blob{{14, 108, 46}, {16, 34, 15}, glm::dmat3(1.0)}); // ball of the thumb
    hand.add(geometry::subdivided_tube({{{-14, 138, 54}, 26, 17, {1, 0, 0}},
                                        {{-12, 168, 58}, 25, 18, {1, 0, 0}},
                                        {{-12, 205, 66}, 28, 22, {1, 0, 0}}},
                                       3));
}

/// Flat palpation. Sizes are those of an adult hand (index fingertip about 16 mm wide; est.).
Mesh flat_hand() {
    ImplicitShape hand(2.2);
    add_finger(hand, {{{0, -4, 7.4}, 7.2},
                      {{0, 8, 9.6}, 7.8},
                      {{0, 20, 14}, 8.0},
                      {{-1, 42, 27}, 8.8},
                      {{-3, 80, 45}, 10.5}});
    add_finger(hand, {{{-17, -8, 7.4}, 7.3},
                      {{-17, 5, 9.6}, 8.0},
                      {{-17, 18, 15}, 8.2},
                      {{-18, 43, 30}, 9.0},
                      {{-20, 82, 47}, 10.8}});
    add_finger(hand,
               {{{-34, 14, 14}, 7.0}, {{-34, 24, 20}, 7.5}, {{-35, 46, 33}, 8.4}, {{-36, 82, 47}, 10.0}});
    add_finger(hand,
               {{{-48, 34, 22}, 6.2}, {{-49, 44, 27}, 6.6}, {{-50, 60, 36}, 7.4}, {{-49, 88, 46}, 9.2}});
    add_finger(hand, {{{27, 36, 17}, 8.0}, {{28, 50, 22}, 9.0}, {{26, 70, 31}, 9.6}, {{12, 104, 44}, 13.0}});
    add_palm_and_wrist(hand);
    return built(hand, kHandStep_mm);
}

/// Thumb on one side, index and middle finger on the other side of a fold 16 mm wide.
Mesh pincer_hand() {
    ImplicitShape hand(2.2);
    add_finger(hand, {{{-15.2, -2, 7}, 7.2},
                      {{-17, 8, 13}, 7.8},
                      {{-20, 18, 22}, 8.0},
                      {{-20, 44, 42}, 8.8},
                      {{-12, 80, 50}, 10.5}});
    add_finger(hand, {{{-15.4, 14, 6}, 7.3},
                      {{-18, 22, 13}, 8.0},
                      {{-23, 30, 22}, 8.2},
                      {{-28, 52, 43}, 9.0},
                      {{-26, 84, 51}, 10.8}});
    add_finger(hand,
               {{{-22, 34, 16}, 7.0}, {{-28, 38, 22}, 7.5}, {{-38, 54, 38}, 8.4}, {{-38, 86, 50}, 10.0}});
    add_finger(hand,
               {{{-36, 50, 22}, 6.2}, {{-42, 54, 28}, 6.6}, {{-48, 66, 38}, 7.4}, {{-49, 90, 48}, 9.2}});
    add_finger(hand, {{{15.6, 4, 7}, 8.0}, {{18, 18, 14}, 9.0}, {{22, 46, 28}, 9.8}, {{12, 98, 44}, 13.0}});
    add_palm_and_wrist(hand);
    return built(hand, kHandStep_mm);
}

Mesh blobs(const std::vector<Blob>& list) {
    Mesh all;
    for (const Blob& b : list) {
        Mesh m = unit_sphere();
        for (std::size_t i = 0; i < m.positions.size(); ++i) {
            const Vec3 p = b.centre + b.axes * (b.half_axes * Vec3(m.positions[i]));
            m.positions[i] = p;
            m.normals[i] = glm::normalize(b.axes * (Vec3(m.normals[i]) / b.half_axes));
        }
        geometry::append(all, m);
    }
    return all;
}

glm::dmat3 pitched(double deg) {
    const double a = deg * std::numbers::pi / 180.0;
    return {{1, 0, 0}, {0, std::cos(a), std::sin(a)}, {0, -std::sin(a), std::cos(a)}};
}

glm::dmat3 rolled(double deg) {
    const double a = deg * std::numbers::pi / 180.0;
    return {{std::cos(a), 0, -std::sin(a)}, {0, 1, 0}, {std::sin(a), 0, std::cos(a)}};
}

Mesh moved(Mesh mesh, glm::vec3 by) {
    for (glm::vec3& p : mesh.positions)
        p += by;
    return mesh;
}

/// Turns z-up solids so that their axis runs along -y (the can under the nozzle).
Mesh hanging(Mesh mesh) {
    for (auto* list : {&mesh.positions, &mesh.normals}) {
        for (glm::vec3& p : *list)
            p = {p.x, -p.z, p.y};
    }
    return mesh;
}

/// Lancet point: a tube cut obliquely at about 12 degrees (regular bevel, est.), closed, unit radius.
Mesh bevel() {
    constexpr int kAround = 24;
    Mesh mesh = lathe({{1.0f, 0.0f}, {1.0f, 6.0f}}, kAround);
    for (int i = 0; i < kAround; ++i) { // the front ring slopes from the point back to the heel
        glm::vec3& p = mesh.positions[1 + static_cast<std::size_t>(i)];
        p.z = 2.35f * (1.0f + p.x);
    }
    mesh.positions.front() = {0, 0, 2.35f};
    geometry::compute_normals(mesh);
    return mesh;
}

Mesh barrel(float outer, float length, float nozzle) {
    return lathe({{1.4f, -nozzle},
                  {2.0f, -nozzle},
                  {2.3f, -1.0f},
                  {2.4f, 0.0f},
                  {outer - 0.8f, 0.6f},
                  {outer, 1.6f},
                  {outer, 2.2f},
                  {outer, length - 3.0f},
                  {outer, length - 2.6f},
                  {outer + 4.5f, length - 2.2f},
                  {outer + 5.0f, length - 1.4f},
                  {outer + 5.0f, length - 0.6f},
                  {outer + 4.5f, length},
                  {outer - 1.0f, length}},
                 36);
}

Mesh graduations(float outer, float from, float step, int count, int major_every) {
    Mesh all;
    for (int i = 0; i <= count; ++i) {
        const bool major = i % major_every == 0;
        const float z = from + step * static_cast<float>(i);
        geometry::append(
            all,
            moved(arc(outer - 0.1f, outer + 0.06f, major ? 0.4f : 0.25f, major ? 110.0f : 60.0f), {0, 0, z}));
    }
    return all;
}

Mesh stopper(float radius) {
    const float r = radius - 0.08f;
    return lathe({{0.4f * r, -0.5f},
                  {r - 0.3f, 0.3f},
                  {r, 0.7f},
                  {r, 1.4f},
                  {r - 0.5f, 1.8f},
                  {r - 0.5f, 3.0f},
                  {r, 3.4f},
                  {r, 4.6f},
                  {r - 0.3f, 5.0f},
                  {0.4f * r, 5.0f}},
                 32);
}

Mesh plunger_rod(float radius, float length) {
    const float shaft = 0.55f * radius, rest = radius + 2.2f;
    return lathe({{shaft, 4.9f},
                  {shaft, 5.2f},
                  {shaft, length - 2.6f},
                  {shaft + 0.2f, length - 2.2f},
                  {rest - 0.4f, length - 2.0f},
                  {rest, length - 1.6f},
                  {rest, length - 0.5f},
                  {rest - 0.5f, length},
                  {rest - 1.0f, length}},
                 32);
}

constexpr float kFront_mm = 1.6f;
constexpr SyringeSize kSmall{Shape::Barrel1, Shape::Marks1, Shape::Stopper1, Shape::Rod1,
                             1.0f,           2.3f,          kFront_mm};
constexpr SyringeSize kLarge{Shape::Barrel5, Shape::Marks5, Shape::Stopper5, Shape::Rod5,
                             5.0f,           5.9f,          kFront_mm};

using Meshes = std::array<Mesh, kShapeCount>;
Mesh& at(Meshes& meshes, Shape s) {
    return meshes[static_cast<std::size_t>(s)];
}

void build_hands(Meshes& m) {
    at(m, Shape::Hand) = flat_hand();
    at(m, Shape::PincerHand) = pincer_hand();
    at(m, Shape::Nails) = blobs({{{0, 0.5, 14.7}, {4.9, 6.6, 1.6}, pitched(17)},
                                 {{-17, -3, 14.8}, {5.0, 6.8, 1.6}, pitched(17)},
                                 {{-34, 16.5, 21.6}, {4.6, 5.8, 1.5}, pitched(31)}});
    at(m, Shape::PincerNails) =
        blobs({{{-21.6, 2, 12}, {1.6, 5.2, 5.6}, rolled(25)}, {{22.6, 7, 12}, {1.6, 6.0, 6.2}, rolled(-15)}});
    ImplicitShape cuff(2.0);
    cuff.add(geometry::subdivided_tube({{{-12, 196, 64}, 33, 26, {1, 0, 0}},
                                        {{-12, 230, 72}, 37, 31, {1, 0, 0}},
                                        {{-11, 290, 88}, 44, 39, {1, 0, 0}}},
                                       3));
    at(m, Shape::Cuff) = built(cuff, 6.0);
}

/// Turns z-up solids so that their top looks along +y.
Mesh upright(Mesh mesh) {
    for (auto* list : {&mesh.positions, &mesh.normals}) {
        for (glm::vec3& p : *list)
            p = {-p.x, p.z, p.y};
    }
    return mesh;
}

void build_algometer(Meshes& m) {
    const glm::vec3 middle{0.0f, 0.0f, kDialMiddle_mm};
    at(m, Shape::AlgometerTip) = lathe({{kAlgometerTip_mm - 0.3f, 0.0f},
                                        {kAlgometerTip_mm, 0.3f},
                                        {kAlgometerTip_mm, 5.5f},
                                        {kAlgometerTip_mm - 0.6f, 6.0f}},
                                       32);
    at(m, Shape::AlgometerRod) = lathe({{2.6f, 5.8f},
                                        {2.7f, 6.0f},
                                        {2.7f, 38.0f},
                                        {5.0f, 39.0f},
                                        {5.0f, kDialMiddle_mm - kDialRadius_mm},
                                        {4.0f, kDialMiddle_mm - kDialRadius_mm + 1.0f}},
                                       24);
    at(m, Shape::AlgometerCase) = moved(upright(lathe({{kDialRadius_mm + 1.0f, -9.0f},
                                                       {kDialRadius_mm + 3.0f, -7.0f},
                                                       {kDialRadius_mm + 3.0f, 7.5f},
                                                       {kDialRadius_mm + 2.5f, 8.0f},
                                                       {kDialRadius_mm, 8.0f}},
                                                      48)),
                                        middle);
    at(m, Shape::AlgometerFace) = moved(upright(rod(kDialRadius_mm, 7.6f, kDialFace_mm, 0.1f, 48)), middle);
    Mesh marks;
    for (int i = 0; i <= static_cast<int>(kDialFull); ++i) {
        const glm::vec3 out = dial_direction(i);
        const bool major = i % 5 == 0;
        const float half = major ? 3.2f : 2.2f;
        Mesh mark = rounded_box({major ? 0.7f : 0.45f, 0.15f, half}, 0.1f);
        for (auto* list : {&mark.positions, &mark.normals}) {
            for (glm::vec3& p : *list) // the box's z becomes the way out from the middle
                p = glm::vec3(out.z, 0, -out.x) * p.x + glm::vec3(0, 1, 0) * p.y + out * p.z;
        }
        geometry::append(marks, moved(mark, middle + out * (kDialRadius_mm - 1.5f - half) +
                                                glm::vec3(0, kDialFace_mm + 0.1f, 0)));
    }
    at(m, Shape::AlgometerMarks) = std::move(marks);
    at(m, Shape::AlgometerHandle) = lathe({{5.0f, kDialMiddle_mm + kDialRadius_mm},
                                           {7.0f, kDialMiddle_mm + kDialRadius_mm + 3.0f},
                                           {9.0f, kDialMiddle_mm + kDialRadius_mm + 8.0f},
                                           {9.5f, kDialMiddle_mm + kDialRadius_mm + 40.0f},
                                           {8.0f, kDialMiddle_mm + kDialRadius_mm + 45.0f},
                                           {3.0f, kDialMiddle_mm + kDialRadius_mm + 46.0f}},
                                          32);
}

void build_tools(Meshes& m) {
    at(m, Shape::PenTip) =
        lathe({{0.35f, 0.0f}, {0.7f, 0.25f}, {0.8f, 1.4f}, {1.4f, 4.2f}, {1.4f, 5.0f}}, 20);
    at(m, Shape::PenBody) = lathe({{1.8f, 4.4f},
                                   {2.0f, 4.5f},
                                   {3.8f, 13.0f},
                                   {4.6f, 20.0f},
                                   {4.9f, 30.0f},
                                   {4.9f, 31.0f},
                                   {4.9f, 96.0f},
                                   {4.8f, 97.0f},
                                   {4.0f, 97.4f}},
                                  28);
    at(m, Shape::PenCap) = rod(5.0f, 97.0f, 128.0f, 0.8f, 28);
    at(m, Shape::SwabHead) = lathe({{6.0f, 0.0f},
                                    {9.0f, 0.5f},
                                    {11.0f, 2.2f},
                                    {11.8f, 5.0f},
                                    {11.4f, 9.0f},
                                    {9.5f, 13.5f},
                                    {6.0f, 16.5f},
                                    {3.2f, 17.5f}},
                                   32);
    at(m, Shape::SwabStick) = lathe({{2.4f, 14.0f},
                                     {2.5f, 15.0f},
                                     {2.5f, 40.0f},
                                     {4.4f, 46.0f},
                                     {4.8f, 50.0f},
                                     {4.8f, 120.0f},
                                     {4.2f, 123.0f},
                                     {2.5f, 124.0f}},
                                    24);
    // The nozzle looks along -z; the can hangs below it along -y.
    at(m, Shape::SprayNozzle) = moved(hanging(rod(8.5f, -8.0f, 9.0f, 1.6f)), {0, 0, 8.5f});
    at(m, Shape::SprayCan) = moved(hanging(lathe({{9.0f, 8.0f},
                                                  {11.0f, 9.0f},
                                                  {12.0f, 12.0f},
                                                  {22.0f, 22.0f},
                                                  {24.0f, 28.0f},
                                                  {24.0f, 29.0f},
                                                  {24.0f, 137.0f},
                                                  {24.0f, 138.0f},
                                                  {22.5f, 140.0f},
                                                  {18.0f, 140.5f}},
                                                 40)),
                                   {0, 0, 8.5f});
    at(m, Shape::SprayLabel) = moved(hanging(ring(22.0f, 24.25f, 70.0f, 40)), {0, -84.0f, 8.5f});
    at(m, Shape::GauzePad) = moved(rounded_box({24, 24, 3.5f}, 3.0f), {0, 0, 3.5f});
    at(m, Shape::ProbeFace) = moved(rounded_box({20.0f, 4.0f, 3.0f}, 1.5f), {0, 0, 3.0f});
    at(m, Shape::ProbeBody) = moved(rounded_box({18.0f, 9.0f, 34.0f}, 8.0f), {0, 0, 38.0f});
    at(m, Shape::ProbeMark) = moved(rounded_box({2.0f, 2.5f, 5.0f}, 1.5f), {-18.0f, 0, 22.0f});
    at(m, Shape::ProbeCable) = rod(3.0f, 70.0f, 190.0f, 1.0f, 16);
    build_algometer(m);
    at(m, Shape::Bevel) = bevel();
    at(m, Shape::Hub) = lathe({{0.8f, 0.0f},
                               {1.2f, 0.2f},
                               {1.6f, 4.0f},
                               {2.0f, 5.0f},
                               {2.9f, 6.0f},
                               {3.1f, 11.0f},
                               {3.6f, 11.2f},
                               {3.6f, 12.2f},
                               {3.2f, 12.5f}},
                              24);
    at(m, Shape::Barrel1) = barrel(3.2f, 72.0f, 8.0f);
    at(m, Shape::Barrel5) = barrel(6.8f, 64.0f, 8.0f);
    at(m, Shape::Marks1) = graduations(3.2f, kFront_mm + 0.6f, kSmall.stroke_mm(0.1), 10, 5);
    at(m, Shape::Marks5) = graduations(6.8f, kFront_mm + 0.6f, kLarge.stroke_mm(0.5), 10, 2);
    at(m, Shape::Stopper1) = stopper(kSmall.bore_mm);
    at(m, Shape::Stopper5) = stopper(kLarge.bore_mm);
    at(m, Shape::Rod1) = plunger_rod(kSmall.bore_mm, 82.0f);
    at(m, Shape::Rod5) = plunger_rod(kLarge.bore_mm, 74.0f);
}

} // namespace

glm::vec3 dial_direction(double kg_per_cm2) {
    const double share = std::clamp(kg_per_cm2 / kDialFull, 0.0, 1.0);
    const double turn = (share - 0.5) * static_cast<double>(kDialSweep_deg) * std::numbers::pi / 180.0;
    // Who looks at the face against +y with +z up has -x at the right.
    return {static_cast<float>(-std::sin(turn)), 0.0f, static_cast<float>(std::cos(turn))};
}

float SyringeSize::stroke_mm(double volume_mL) const {
    return static_cast<float>(volume_mL * 1000.0 / (std::numbers::pi * bore_mm * bore_mm));
}

SyringeSize syringe_for(double volume_mL) {
    return volume_mL <= 1.0 ? kSmall : kLarge;
}

float needle_outer_mm(int gauge) {
    constexpr std::array<std::pair<int, float>, 6> kOuter = {
        {{21, 0.82f}, {22, 0.72f}, {23, 0.64f}, {25, 0.51f}, {27, 0.41f}, {30, 0.31f}}};
    float outer = kOuter.front().second;
    for (const auto& [g, mm] : kOuter) {
        if (gauge >= g) outer = mm;
    }
    return outer;
}

glm::vec3 hub_colour(int gauge) {
    switch (gauge) {
    case 21:
        return {0.01f, 0.16f, 0.06f}; // deep green
    case 22:
        return {0.015f, 0.015f, 0.015f}; // black
    case 23:
        return {0.01f, 0.05f, 0.33f}; // deep blue
    case 25:
        return {0.80f, 0.20f, 0.02f}; // orange
    case 27:
        return {0.22f, 0.22f, 0.23f}; // medium grey
    case 30:
        return {0.80f, 0.60f, 0.03f}; // yellow
    default:
        return {0.75f, 0.75f, 0.72f};
    }
}

struct ToolShapes::Impl {
    Meshes meshes;
};

ToolShapes::ToolShapes() : impl_(std::make_unique<Impl>()) {
    Meshes& m = impl_->meshes;
    at(m, Shape::Sphere) = unit_sphere();
    at(m, Shape::Cylinder) = unit_cylinder();
    build_hands(m);
    build_tools(m);
    at(m, Shape::TableTop) = moved(rounded_box({345, 925, 30}, 14.0f), {0, 0, -85});
    at(m, Shape::TablePad) = moved(rounded_box({335, 930, 28}, 24.0f), {0, 0, -28});
}
ToolShapes::~ToolShapes() = default;
ToolShapes::ToolShapes(ToolShapes&&) noexcept = default;
ToolShapes& ToolShapes::operator=(ToolShapes&&) noexcept = default;

const geometry::Mesh& ToolShapes::mesh(Shape shape) const {
    TB_CHECK(shape != Shape::Count);
    return impl_->meshes[static_cast<std::size_t>(shape)];
}

render::MeshRef ToolShapes::ref(Shape shape) const {
    return {kFirstShapeId + static_cast<std::uint64_t>(shape), 0, &mesh(shape)};
}

render::MeshRef basic_ref(Shape shape) {
    static const geometry::Mesh sphere = unit_sphere(), cylinder = unit_cylinder();
    TB_CHECK(shape == Shape::Sphere || shape == Shape::Cylinder);
    return {kFirstShapeId + kShapeCount + static_cast<std::uint64_t>(shape), 0,
            shape == Shape::Sphere ? &sphere : &cylinder};
}

} // namespace tb::view

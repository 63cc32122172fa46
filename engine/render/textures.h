// Textures that the materials share: fibre streaks, noise in space, antiseptic films. Inside module render.
#pragma once

#include <array>
#include <cstdint>

#include "render/render_scene.h"

namespace tb::render {

/// Texture units by sampler name; program.cpp gives every program these.
constexpr int kFibreUnit = 0, kNoiseUnit = 1, kFilmUnit = 2, kPictureUnit = 3, kIdUnit = 4, kDepthUnit = 5,
              kOcclusionUnit = 6, kRoomUnit = 7;

constexpr std::size_t kMostDecals = 8; ///< as in shaders/common/frame.glsl

/// Hash of what the films of a scene show; their texels may change behind the same pointer.
std::uint64_t films_hash(const RenderScene& scene);

class SurfaceTextures {
public:
    SurfaceTextures() = default;
    ~SurfaceTextures();
    SurfaceTextures(const SurfaceTextures&) = delete;
    SurfaceTextures& operator=(const SurfaceTextures&) = delete;

    /// Makes the unchanging textures; needs a context.
    void create();
    /// Uploads films that changed. Layer i belongs to decal i.
    void update_films(const RenderScene& scene);
    /// Binds all to their units.
    void bind() const;

private:
    unsigned fibres_ = 0, noise_ = 0, films_ = 0;
    std::array<std::uint64_t, kMostDecals> film_hashes_{};
};

} // namespace tb::render

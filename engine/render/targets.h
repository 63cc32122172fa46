// Off-screen textures and framebuffers. Inside module render.
#pragma once

namespace tb::render {

/// A framebuffer with one colour texture.
class Target {
public:
    Target() = default;
    ~Target();
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    /// Makes the texture this size; nothing happens if it is.
    void resize(int width, int height);
    [[nodiscard]] unsigned framebuffer() const { return framebuffer_; }
    [[nodiscard]] unsigned colour() const { return colour_; }
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }

private:
    void release();
    unsigned framebuffer_ = 0, colour_ = 0;
    int width_ = 0, height_ = 0;
};

/// What the surfaces are drawn into: colour, ids and depth; and a second depth, so that translucent surfaces
/// can hide each other while outlines and occlusion still see what lies below them.
class SurfaceTarget {
public:
    SurfaceTarget() = default;
    ~SurfaceTarget();
    SurfaceTarget(const SurfaceTarget&) = delete;
    SurfaceTarget& operator=(const SurfaceTarget&) = delete;

    void resize(int width, int height);
    [[nodiscard]] unsigned opaque_framebuffer() const { return opaque_; } ///< colour and ids
    [[nodiscard]] unsigned veil_framebuffer() const {
        return veil_;
    } ///< the same colour, second depth, no ids
    /// Copies the depth of the opaque surfaces to the second depth.
    void copy_depth() const;
    [[nodiscard]] unsigned colour() const { return colour_; }
    [[nodiscard]] unsigned ids() const { return ids_; }
    [[nodiscard]] unsigned depth() const { return depth_; }
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }

private:
    void release();
    unsigned opaque_ = 0, veil_ = 0, colour_ = 0, ids_ = 0, depth_ = 0, veil_depth_ = 0;
    int width_ = 0, height_ = 0;
};

} // namespace tb::render

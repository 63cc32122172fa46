// Off-screen framebuffers: what is drawn (colour, ids, depth) before it is resolved. Inside module render.
#pragma once

namespace tb::render {

class Target {
public:
    Target() = default;
    ~Target();
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    /// Makes the textures this size; nothing happens if they are.
    void resize(int width, int height, bool with_ids_and_depth);
    [[nodiscard]] unsigned framebuffer() const { return framebuffer_; }
    [[nodiscard]] unsigned colour() const { return colour_; }
    [[nodiscard]] unsigned ids() const { return ids_; }
    [[nodiscard]] unsigned depth() const { return depth_; }
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }

private:
    void release();
    unsigned framebuffer_ = 0, colour_ = 0, ids_ = 0, depth_ = 0;
    int width_ = 0, height_ = 0;
};

} // namespace tb::render

#include "render/targets.h"

#include <glad/gl.h>

#include "base/check.h"

namespace tb::render {
namespace {

GLuint make_texture(GLint internal, int width, int height, GLenum format, GLenum type, GLint filter) {
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexImage2D(GL_TEXTURE_2D, 0, internal, width, height, 0, format, type, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    return texture;
}

GLuint make_colour(int width, int height, GLint filter) {
    return make_texture(GL_RGBA8, width, height, GL_RGBA, GL_UNSIGNED_BYTE, filter);
}

GLuint make_depth(int width, int height) {
    return make_texture(GL_DEPTH_COMPONENT24, width, height, GL_DEPTH_COMPONENT, GL_UNSIGNED_INT, GL_NEAREST);
}

void attach(GLenum place, GLuint texture) {
    glFramebufferTexture2D(GL_FRAMEBUFFER, place, GL_TEXTURE_2D, texture, 0);
}

void delete_texture(GLuint& texture) {
    if (texture != 0) glDeleteTextures(1, &texture);
    texture = 0;
}

void delete_framebuffer(GLuint& framebuffer) {
    if (framebuffer != 0) glDeleteFramebuffers(1, &framebuffer);
    framebuffer = 0;
}

GLuint make_framebuffer() {
    GLuint framebuffer = 0;
    glGenFramebuffers(1, &framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    return framebuffer;
}

} // namespace

Target::~Target() {
    release();
}

void Target::release() {
    delete_framebuffer(framebuffer_);
    delete_texture(colour_);
}

void Target::resize(int width, int height) {
    if (framebuffer_ != 0 && width == width_ && height == height_) return;
    release();
    width_ = width;
    height_ = height;
    colour_ = make_colour(width, height, GL_LINEAR);
    framebuffer_ = make_framebuffer();
    attach(GL_COLOR_ATTACHMENT0, colour_);
    TB_CHECK(glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE);
}

SurfaceTarget::~SurfaceTarget() {
    release();
}

void SurfaceTarget::release() {
    delete_framebuffer(opaque_);
    delete_framebuffer(veil_);
    for (GLuint* texture : {&colour_, &ids_, &depth_, &veil_depth_})
        delete_texture(*texture);
}

void SurfaceTarget::resize(int width, int height) {
    if (opaque_ != 0 && width == width_ && height == height_) return;
    release();
    width_ = width;
    height_ = height;
    colour_ = make_colour(width, height, GL_NEAREST);
    ids_ = make_colour(width, height, GL_NEAREST);
    depth_ = make_depth(width, height);
    veil_depth_ = make_depth(width, height);
    opaque_ = make_framebuffer();
    attach(GL_COLOR_ATTACHMENT0, colour_);
    attach(GL_COLOR_ATTACHMENT1, ids_);
    attach(GL_DEPTH_ATTACHMENT, depth_);
    static constexpr GLenum kBoth[] = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1};
    glDrawBuffers(2, kBoth);
    TB_CHECK(glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE);
    veil_ = make_framebuffer();
    attach(GL_COLOR_ATTACHMENT0, colour_);
    attach(GL_DEPTH_ATTACHMENT, veil_depth_);
    TB_CHECK(glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE);
}

void SurfaceTarget::copy_depth() const {
    glBindFramebuffer(GL_READ_FRAMEBUFFER, opaque_);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, veil_);
    glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_DEPTH_BUFFER_BIT, GL_NEAREST);
}

} // namespace tb::render

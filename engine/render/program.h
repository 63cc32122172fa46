// Shader files with #include and named variants to linked programs. Inside module render.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <glm/glm.hpp>

#include "base/result.h"

namespace tb::render {

/// A linked program and its uniforms; setting one that the program does not use is allowed and does nothing.
class Program {
public:
    Program() = default;
    Program(unsigned id, std::map<std::string, int, std::less<>> uniforms)
        : id_(id), uniforms_(std::move(uniforms)) {}

    void use() const;
    void set(std::string_view name, float v) const;
    void set(std::string_view name, const glm::ivec2& v) const;
    void set(std::string_view name, const glm::vec2& v) const;
    void set(std::string_view name, const glm::vec3& v) const;
    void set(std::string_view name, const glm::vec4& v) const;
    void set(std::string_view name, const glm::mat4& v) const;
    [[nodiscard]] unsigned id() const { return id_; }

private:
    [[nodiscard]] int find(std::string_view name) const;
    unsigned id_ = 0;
    std::map<std::string, int, std::less<>> uniforms_;
};

/// Shader text after includes, and for each of its lines the "file:line" it came from, to explain compiler
/// messages.
struct ShaderSource {
    std::string text;
    std::vector<std::string> places;
};

/// Compiles programs on demand and keeps them.
class ProgramStore {
public:
    explicit ProgramStore(std::string folder) : folder_(std::move(folder)) {}
    ~ProgramStore();
    ProgramStore(const ProgramStore&) = delete;
    ProgramStore& operator=(const ProgramStore&) = delete;

    /// `variants` become #defines. Errors name file and line of the shader.
    Expected<const Program*> get(const std::string& vertex, const std::string& fragment,
                                 const std::vector<std::string>& variants);

private:
    Expected<const ShaderSource*> read(const std::string& name);
    std::string folder_;
    std::map<std::string, ShaderSource> sources_;
    std::map<std::string, Program> programs_;
};

} // namespace tb::render

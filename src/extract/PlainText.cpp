// Text files, whatever wrote them.
#include <iconv.h>

#include <array>
#include <cstring>

#include "extract/Readers.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::extract {
namespace {

/// A converter to UTF-8; what it cannot convert becomes a blank.
class Converter {
  public:
    explicit Converter(const char* from) : m_handle(::iconv_open("UTF-8", from)) {}
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (isOpen()) ::iconv_close(m_handle);
    }

    // iconv_open says no with a handle of -1.
    [[nodiscard]] bool isOpen() const noexcept {
        return m_handle != reinterpret_cast<iconv_t>(-1);  // NOLINT
    }

    void convert(std::string_view bytes, Words& words) {
        std::string input(bytes);
        char* from = input.data();
        std::size_t left = input.size();
        std::array<char, 8192> buffer{};
        while (left > 0 && !words.isFull()) {
            char* to = buffer.data();
            std::size_t room = buffer.size();
            const std::size_t before = left;
            const bool stopped = ::iconv(m_handle, &from, &left, &to, &room) == static_cast<std::size_t>(-1);
            words.add({buffer.data(), buffer.size() - room});
            if (!stopped || (room < buffer.size() && left < before)) continue;
            words.add(" ");
            ++from;
            --left;
        }
    }

  private:
    iconv_t m_handle;
};

Result<void> convertFrom(const char* charset, std::string_view bytes, Words& words) {
    Converter converter(charset);
    if (!converter.isOpen()) return brokenDocument("a text in the character set " + std::string(charset));
    converter.convert(bytes, words);
    return {};
}

}  // namespace

Result<void> readPlain(std::string_view bytes, Words& words) {
    if (bytes.starts_with("\xFF\xFE")) return convertFrom("UTF-16LE", bytes.substr(2), words);
    if (bytes.starts_with("\xFE\xFF")) return convertFrom("UTF-16BE", bytes.substr(2), words);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (!isUtf8(bytes)) return convertFrom("WINDOWS-1252", bytes, words);
    words.add(bytes);
    return {};
}

}  // namespace tickmark::extract

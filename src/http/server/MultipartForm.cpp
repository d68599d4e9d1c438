#include <Poco/Exception.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/MultipartReader.h>

#include <algorithm>
#include <istream>

#include "http/server/PartHeader.h"
#include "http/server/SourceStream.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/http/server/Form.h"

namespace tickmark::http {
namespace {

constexpr int mostPartFields = 16;

Error badForm(std::string message) {
    return invalid("form", "form", std::move(message), "Send the form again, as a browser does (RFC 7578).");
}

/// Poco cuts the parts; this class sees to it that what it cut off is an error and never an end.
class PocoForm final : public MultipartForm, private ByteSource {
  public:
    PocoForm(ByteSource& body, const std::string& boundary, FormLimits limits)
        : m_buffer(body), m_stream(&m_buffer), m_reader(m_stream, boundary), m_limits(limits) {}

    [[nodiscard]] Result<bool> next() override;
    [[nodiscard]] const std::string& name() const override { return m_name; }
    [[nodiscard]] bool isFile() const override { return m_isFile; }
    [[nodiscard]] const std::string& fileName() const override { return m_fileName; }
    [[nodiscard]] const std::string& mediaType() const override { return m_mediaType; }
    [[nodiscard]] ByteSource& content() override { return *this; }
    [[nodiscard]] Result<std::string> text() override;

  private:
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override;
    [[nodiscard]] Result<void> readHeader();
    [[nodiscard]] Result<void> skipRest();
    [[nodiscard]] Result<void> checkPartEnd();
    [[nodiscard]] Result<void> checkFormEnd();
    [[nodiscard]] bool sawClosingBoundary() const;

    SourceBuffer m_buffer;
    std::istream m_stream;
    Poco::Net::MultipartReader m_reader;
    FormLimits m_limits;
    std::size_t m_parts = 0;
    std::size_t m_textBytes = 0;
    bool m_inPart = false;
    std::string m_name{};
    bool m_isFile = false;
    std::string m_fileName{};
    std::string m_mediaType{};
};

bool PocoForm::sawClosingBoundary() const {
    const auto* const part = dynamic_cast<const Poco::Net::MultipartInputStream*>(&m_reader.stream());
    return part != nullptr && part->lastPart();
}

Result<bool> PocoForm::next() {
    if (m_inPart) TM_CHECK(skipRest());
    if (m_parts > 0 && sawClosingBoundary()) return false;
    if (++m_parts > m_limits.fields) {
        return Error{ErrorKind::TooLarge,
                     "form-too-large",
                     "The form has more than " + std::to_string(m_limits.fields) + " parts.",
                     "form",
                     {},
                     "Send less at once."};
    }
    TM_CHECK(readHeader());
    m_inPart = true;
    return true;
}

Result<void> PocoForm::readHeader() {
    Poco::Net::MessageHeader header;
    header.setFieldLimit(mostPartFields);
    try {
        m_reader.nextPart(header);
    } catch (const Poco::Exception&) {
        if (m_buffer.error()) return *m_buffer.error();
        return badForm("The multipart form is malformed.");
    }
    TM_TRY(PartHeader part, parsePartHeader(header.get("Content-Disposition", "")));
    m_name = std::move(part.name);
    m_isFile = part.fileName.has_value();
    m_fileName = std::move(part.fileName).value_or(std::string());
    const std::string type = header.get("Content-Type", "text/plain");
    m_mediaType = lower(trim(std::string_view(type).substr(0, type.find(';'))));
    if (!isUtf8(m_name) || !isUtf8(m_fileName)) return badForm("A name in the form is not valid UTF-8.");
    return {};
}

Result<std::size_t> PocoForm::read(std::span<std::uint8_t> buffer) {
    if (!m_inPart || buffer.empty()) return std::size_t{0};
    std::istream& part = m_reader.stream();
    part.read(reinterpret_cast<char*>(buffer.data()), static_cast<std::streamsize>(buffer.size()));
    const auto count = static_cast<std::size_t>(part.gcount());
    if (m_buffer.error()) return *m_buffer.error();
    if (count == buffer.size()) return count;
    // Fewer than asked for: Poco saw a boundary or the end of the body. Which one decides.
    TM_CHECK(checkPartEnd());
    if (count == 0) m_inPart = false;
    return count;
}

Result<void> PocoForm::checkPartEnd() {
    if (sawClosingBoundary()) return checkFormEnd();
    if (m_buffer.error()) return *m_buffer.error();
    if (m_buffer.ended()) return badForm("The form ends without its closing boundary.");
    return {};
}

Result<void> PocoForm::checkFormEnd() {
    // Behind the closing boundary only its line break may follow; reading on proves the declared length.
    std::string epilogue;
    for (int c = m_buffer.sbumpc(); c != std::char_traits<char>::eof(); c = m_buffer.sbumpc()) {
        epilogue += std::char_traits<char>::to_char_type(c);
        if (epilogue.size() > 2) return badForm("There is text behind the closing boundary of the form.");
    }
    if (m_buffer.error()) return *m_buffer.error();
    if (!epilogue.empty() && epilogue != "\r\n") {
        return badForm("There is text behind the closing boundary of the form.");
    }
    return {};
}

Result<void> PocoForm::skipRest() {
    std::array<std::uint8_t, 8192> waste{};
    for (;;) {
        TM_TRY(const std::size_t count, read(waste));
        if (count == 0) return {};
    }
}

Result<std::string> PocoForm::text() {
    std::string value;
    std::array<std::uint8_t, 4096> buffer{};
    for (;;) {
        TM_TRY(const std::size_t count, read(buffer));
        if (count == 0) break;
        m_textBytes += count;
        value.append(textOf(ByteView(buffer).first(count)));
        if (value.size() > m_limits.valueBytes || m_textBytes > m_limits.bytes) {
            return Error{
                ErrorKind::TooLarge, "form-too-large", "The text is longer than the form takes.", m_name, {},
                "Send less at once."};
        }
    }
    if (!isUtf8(value)) return invalid("form", m_name, "The text is not valid UTF-8.", "Send it as UTF-8.");
    return value;
}

}  // namespace

Result<std::unique_ptr<MultipartForm>> MultipartForm::open(Request& request, FormLimits limits) {
    TM_TRY(const std::string boundary, boundaryOf(request.header("content-type")));
    return std::unique_ptr<MultipartForm>(std::make_unique<PocoForm>(request.body(), boundary, limits));
}

}  // namespace tickmark::http

#include "archive/BufferRing.h"

#include <algorithm>
#include <utility>

namespace tickmark::archive {

BufferRing::BufferRing(Buffer first) : m_committed(1) { m_slots.front() = {std::move(first), intakeStep}; }

bool BufferRing::full() const noexcept {
    return m_committed - std::min(m_done[Hasher], m_done[Writer]) >= slots;
}

std::span<std::uint8_t> BufferRing::acquire() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !full() || m_error; });
    if (m_error) return {};
    Slot& slot = m_slots[m_committed % slots];
    if (!slot.bytes) slot.bytes = makeBuffer(intakeStep);
    return {slot.bytes.get(), intakeStep};
}

void BufferRing::commit(std::size_t size) {
    {
        const std::lock_guard lock(m_mutex);
        m_slots[m_committed % slots].size = size;
        ++m_committed;
    }
    m_changed.notify_all();
}

void BufferRing::close() {
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_changed.notify_all();
}

ByteView BufferRing::next(Consumer who) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this, who] { return m_done[who] < m_committed || m_closed || m_error; });
    if (m_error || m_done[who] == m_committed) return {};
    const Slot& slot = m_slots[m_done[who] % slots];
    return {slot.bytes.get(), slot.size};
}

void BufferRing::release(Consumer who) {
    {
        const std::lock_guard lock(m_mutex);
        ++m_done[who];
    }
    m_changed.notify_all();
}

void BufferRing::fail(Error error) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_error) m_error = std::move(error);
    }
    m_changed.notify_all();
}

std::optional<Error> BufferRing::error() {
    const std::lock_guard lock(m_mutex);
    return m_error;
}

}  // namespace tickmark::archive

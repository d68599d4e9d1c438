// Metadata of an OSCAL document: title, roles, parties, who is responsible.
#include <map>
#include <set>

#include "bundle/ManifestParts.h"
#include "bundle/OscalParts.h"

namespace tickmark::bundle::oscal {

using codec::Json;

namespace {

Json rolesOf(const Source& source) {
    std::map<std::string, std::string> roles{{"lead-auditor", "Lead auditor"},
                                             {"auditor", "Auditor"},
                                             {"action-owner", "Action owner"},
                                             {"finding-owner", "Finding owner"}};
    for (const auto& party : source.content.parties) {
        const std::string title(roleName(party.role));
        std::string id = title;
        std::replace(id.begin(), id.end(), ' ', '-');
        roles.try_emplace(id, title);
    }
    Json list = Json::array();
    for (const auto& [id, title] : roles) {
        list.push(Members().always("id", id).always("title", title).take());
    }
    return list;
}

Json partiesOf(const Source& source) {
    std::map<std::string, const domain::Party*> order;
    for (const auto& party : source.content.parties) order.emplace(party.account, &party);
    Json list = Json::array();
    list.push(Members()
                  .always("uuid", source.ids.of("organisation", source.content.organisation))
                  .always("type", "organization")
                  .text("name", lineOf(source.content.organisation))
                  .take());
    for (const auto& [account, party] : order) {
        list.push(
            Members()
                .always("uuid", source.ids.of("party", account))
                .always("type", "person")
                .always("name", textOr(lineOf(party->name), account))
                .list("props", Props().add("account", account).add("role", roleName(party->role)).take())
                .take());
    }
    return list;
}

Json responsible(const Source& source) {
    Json leads = Json::array();
    Json auditors = Json::array();
    for (const auto& member : source.content.audit.team) {
        const std::string account = source.index.account(member.party);
        if (!source.index.knows(member.party)) continue;
        (member.lead ? leads : auditors).push(source.ids.of("party", account));
    }
    Json list = Json::array();
    const auto add = [&](std::string_view role, Json parties) {
        if (parties.items()->empty()) return;
        list.push(Members().always("role-id", role).list("party-uuids", std::move(parties)).take());
    };
    add("lead-auditor", std::move(leads));
    add("auditor", std::move(auditors));
    return list;
}

}  // namespace

Json metadata(const Source& source, std::string_view title) {
    const Content& content = source.content;
    Props props;
    props.add("bundle", content.bundle.ref.text()).add("audit", content.audit.ref.text());
    props.add("audit-type", toText(content.audit.type)).add("audit-state", toText(content.audit.state));
    props.add("product", content.product);
    const std::string subject = content.bundle.title.empty() ? content.audit.title : content.bundle.title;
    return Members()
        .always("title", std::string(title) + ": " + textOr(lineOf(subject), content.audit.ref.text()))
        .always("last-modified", content.snapshotAt.iso())
        .always("version", textOr(content.bundle.ref.text(), "draft"))
        .always("oscal-version", oscalVersion)
        .list("props", props.take())
        .list("roles", rolesOf(source))
        .list("parties", partiesOf(source))
        .list("responsible-parties", responsible(source))
        .take();
}

}  // namespace tickmark::bundle::oscal

// An error as a page of its own: what happened, the rule, what to do next, one way on, the request's number.
#include <array>

#include "http/pages/Page.h"

namespace tickmark::http::pages {
namespace {

/// What is said about a status when the error itself says no more.
struct StatusWords {
    int status = 0;
    const char* headline = "";
    const char* next = "";
};

constexpr std::array<StatusWords, 13> statusWords{{
    {400, "This cannot be taken as it is", "Correct what is named above and send it again."},
    {401, "You are not signed in", "Sign in, then do it again."},
    {403, "This is not yours to do",
     "Ask somebody who may, or ask your administrator whether your role should allow it."},
    {404, "There is nothing here",
     "Check the address, or look for the thing from your home page. What you may not see is not named "
     "either."},
    {405, "This address does not take that", "Open the page itself and use its buttons."},
    {409, "This does not fit with what stands",
     "Open the page again, look at what stands there now, and decide anew."},
    {413, "This is too large", "Send less at once, or hand over a large file where files are handed over."},
    {421, "This server does not answer for that name", "Use the address that your administrator gave you."},
    {422, "A rule stands against this", "See what the rule asks for, do that first, and try again."},
    {429, "Too many attempts", "Wait a little, then try again."},
    {500, "Something went wrong",
     "Try again. If it stays, give your administrator the number of the request below."},
    {503, "Tickmark cannot answer right now",
     "Try again in a minute. If it stays, tell your administrator the number of the request below."},
    {507, "The disk is full", "Tell your administrator; nothing can be kept until there is room."},
}};
constexpr StatusWords otherWords{0, "This was refused", "Go back and try it another way."};

const StatusWords& wordsOf(int status) {
    for (const StatusWords& words : statusWords) {
        if (words.status == status) return words;
    }
    return otherWords;
}

bool isChange(const Request& request) { return request.method != "GET" && request.method != "HEAD"; }

/// The page of this server that sent the request, as a path; empty when it is not known or not ours.
std::string pageBefore(const Request& request) {
    const std::string_view from = request.header("referer");
    const std::string own =
        std::string(request.secure ? "https://" : "http://") + std::string(request.header("host"));
    if (!from.starts_with(own)) return {};
    const std::string_view path = from.substr(own.size());
    const bool sound = path.starts_with('/') && !path.starts_with("//") &&
                       path.find('\\') == std::string_view::npos && path != request.target;
    return sound ? std::string(path) : std::string();
}

/// One way on, and only one: to sign in, back to the page of the form, or home.
void putWay(view::Model& model, const Request& request) {
    if (callerIf(request) == nullptr) {
        model.set("HREF", "/login").say("WAY", "Sign in");
        return;
    }
    const std::string before = isChange(request) ? pageBefore(request) : std::string();
    if (before.empty())
        model.set("HREF", "/").say("WAY", "Home");
    else
        model.set("HREF", before).say("WAY", "Back to the page");
}

void putParts(view::Model& model, const Error& error) {
    if (error.parts.empty()) return;
    view::Model& list = model.add("HAS_PARTS");
    for (const Error& part : error.parts) {
        list.add("PART")
            .setIf("FIELD", part.field)
            .say("MESSAGE", part.message)
            .sayIf("RULE", part.rule)
            .sayIf("FIX", part.fix);
    }
}

void putHappened(view::Model& model, const Error& error, int status) {
    // A bug and damaged storage are told to the administrator through the log, not to whoever asks.
    if (error.kind == ErrorKind::Internal) {
        model.say("MESSAGE", "The server could not answer. Nothing was changed by this step.");
        model.say("FIX", wordsOf(status).next);
        return;
    }
    model.say("MESSAGE", error.message).sayIf("RULE", error.rule);
    model.say("FIX", error.fix.empty() ? wordsOf(status).next : error.fix);
    putParts(model, error);
}

}  // namespace

Response errorPage(WebApp& web, Request& request, const Error& error, int status) {
    const char* headline = error.kind == ErrorKind::Stale ? "Someone was quicker" : wordsOf(status).headline;
    Frame frame;
    frame.title = view::said(headline);
    frame.status = status;
    Response response = page(web, request, frame, "pages/error.html", [&](view::Model& model) {
        model.say("HEADLINE", headline).set("REQUEST", request.id);
        model.set("STATUS", std::to_string(status)).set("PHRASE", std::string(reasonPhrase(status)));
        putHappened(model, error, status);
        // Browsers keep what was typed while one goes back; a page opened anew does not.
        model.showIf(isChange(request) && status != 401 && status != 405, "TYPED");
        putWay(model, request);
    });
    sayWhenAgain(response, error);
    return response;
}

Response errorPage(WebApp& web, Request& request, const Error& error) {
    return errorPage(web, request, error, statusOf(error));
}

}  // namespace tickmark::http::pages

#include "all.hpp"

#include "../sessions.hpp"

namespace aspm::host {

namespace {

Html person(const User& user, const std::string& organisation, const std::optional<Session>& session) {
    bool isCurrent = session && session->organisation == organisation && session->user == user.member.user;
    std::string administers;
    for (const std::string& key : user.administers)
        administers += (administers.empty() ? " · administers " : ", ") + key;
    return R"(<li><button class="person" name="who" value="{}"><strong>{}</strong>{}
<span class="quiet">{}{}</span></button></li>)"_html(organisation + "/" + user.member.user, user.member.name,
                                                     isCurrent ? " {}"_html(badge("good", "signed in"))
                                                               : Html(),
                                                     rolesText(user.member.roles), administers);
}

} // namespace

void showSignIn(StubHost& host, Exchange& exchange, const std::string& next) {
    Html groups;
    for (const Organisation& organisation : host.directory().allOrganisations()) {
        Html people;
        for (const User& user : host.directory().users(organisation.id))
            people += person(user, organisation.id, exchange.session);
        groups += R"(<fieldset class="card"><legend>{}</legend>{}</fieldset>)"_html(
            organisation.name, people.isEmpty() ? R"(<p class="quiet">Nobody is in it yet.</p>)"_html()
                                                : R"(<ul class="people">{}</ul>)"_html(people));
    }
    Html token;
    if (exchange.session)
        token = R"(<input type="hidden" name="{}" value="{}">)"_html(csrfField, exchange.session->csrf);
    sendBarePage(exchange, 200, "Sign in",
                 R"(<h1>Who are you?</h1>
<p class="quiet">This host has no passwords: choose an organisation and a person. What you may do follows from
the person's role.</p>
<form method="post" action="/sign-in">{}<input type="hidden" name="next" value="{}">{}</form>)"_html(
                     token, next, groups));
}

} // namespace aspm::host

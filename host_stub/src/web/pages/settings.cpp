#include "all.hpp"

#include <algorithm>

#include <Poco/NumberParser.h>
#include <Poco/String.h>

namespace aspm::host {

namespace {

constexpr std::size_t emptyRows = 2;
constexpr std::size_t mostPolicies = 500;
const char* const removeWord = "-"; ///< chosen in place of a user: the policy goes

Html integrations(const View& view) {
    Html items;
    for (const auto& plugin : view.host.plugins())
        for (const SettingsPageInfo& page : plugin->settingsPages())
            if ((page.visibleTo & view.principal.roles) != 0)
                items += R"(<li><a href="/settings/integrations/{}/">{}</a>
<span class="quiet">{}</span></li>)"_html(urlEncode(page.id), page.title, plugin->manifest().description);
    return R"(<section class="card" aria-labelledby="i"><h2 id="i">Integrations</h2>{}</section>)"_html(
        items.isEmpty() ? R"(<p class="quiet">There are none for your role.</p>)"_html()
                        : R"(<ul class="lines">{}</ul>)"_html(items));
}

Html users(const View& view) {
    Html rows;
    for (const User& user : view.host.directory().users(view.organisation()))
        rows += R"(<tr><td data-label="Name">{}</td><td data-label="Email">{}</td>
<td data-label="Roles">{}</td><td data-label="Administers">{}</td></tr>)"_html(
            user.member.name, user.member.email, rolesText(user.member.roles),
            Poco::cat(std::string(", "), user.administers.begin(), user.administers.end()));
    return R"(<section class="card" aria-labelledby="u"><h2 id="u">Users</h2>
<table class="stack"><thead><tr><th scope="col">Name</th><th scope="col">Email</th><th scope="col">Roles</th>
<th scope="col">Administers</th></tr></thead><tbody>{}</tbody></table></section>)"_html(rows);
}

std::string orAny(const std::string& pattern) {
    return pattern.empty() ? "any" : pattern;
}

Html policyTable(const std::vector<OwnershipPolicy>& policies) {
    if (policies.empty())
        return R"(<p class="quiet">There are no policies yet.</p>)"_html();
    Html rows;
    for (const OwnershipPolicy& policy : policies)
        rows += R"(<tr><td data-label="File">{}</td><td data-label="Rule">{}</td>
<td data-label="Owner">{}</td></tr>)"_html(orAny(policy.path), orAny(policy.rule), policy.user);
    return R"(<table class="stack"><thead><tr><th scope="col">File</th><th scope="col">Rule</th>
<th scope="col">Owner</th></tr></thead><tbody>{}</tbody></table>)"_html(rows);
}

Html policyRow(std::size_t number, const OwnershipPolicy& policy, const std::vector<User>& all) {
    bool isNew = policy.user.empty();
    Html choices = isNew ? option("", "(no policy)", "") : option(removeWord, "(remove)", policy.user);
    for (const User& user : all)
        choices += option(user.member.user, user.member.name, policy.user);
    auto label = [&](const char* what) { return std::string(what) + " of policy " + std::to_string(number); };
    return R"(<tr><td data-label="Order"><input class="narrow" name="order" inputmode="numeric" value="{}"
 aria-label="{}"></td>
<td data-label="File"><input name="path" value="{}" placeholder="any" aria-label="{}"></td>
<td data-label="Rule"><input name="rule" value="{}" placeholder="any" aria-label="{}"></td>
<td data-label="Owner"><select name="user" aria-label="{}">{}</select></td></tr>)"_html(
        number, label("Order"), policy.path, label("File pattern"), policy.rule, label("Rule pattern"),
        label("Owner"), choices);
}

Html policyEditor(const View& view, std::vector<OwnershipPolicy> policies) {
    auto all = view.host.directory().users(view.organisation());
    policies.resize(policies.size() + emptyRows);
    Html rows;
    for (std::size_t i = 0; i < policies.size(); ++i)
        rows += policyRow(i + 1, policies[i], all);
    return postForm(view, "/settings/ownership",
                    R"(<table class="stack"><thead><tr><th scope="col">Order</th><th scope="col">File</th>
<th scope="col">Rule</th><th scope="col">Owner</th></tr></thead><tbody>{}</tbody></table>
<p><button>Save policies</button></p>)"_html(rows));
}

Html ownership(const View& view) {
    auto policies = view.host.ownership().policies(view.organisation());
    return R"(<section class="card" aria-labelledby="ownership"><h2 id="ownership">Ownership policies</h2>
<p class="quiet">The first policy that matches a finding's file and rule names its owner.
In a pattern, * stands for any text; an empty pattern matches everything.</p>{}{}</section>)"_html(
        view.exchange.parameter("saved").empty()
            ? Html()
            : R"(<p class="notice good" role="status">The policies are saved.</p>)"_html(),
        view.isAdmin() ? policyEditor(view, std::move(policies)) : policyTable(policies));
}

struct OrderedPolicy {
    double order = 0;
    OwnershipPolicy policy;
};

/// The rows of the form; every row sends all four fields, in this order.
std::vector<OrderedPolicy> sentRows(Exchange& exchange) {
    std::vector<OrderedPolicy> rows;
    for (const auto& [name, value] : exchange.form()) {
        if (name == "order") {
            rows.emplace_back();
            Poco::NumberParser::tryParseFloat(Poco::trim(value), rows.back().order);
        } else if (!rows.empty() && name == "path") {
            rows.back().policy.path = Poco::trim(value);
        } else if (!rows.empty() && name == "rule") {
            rows.back().policy.rule = Poco::trim(value);
        } else if (!rows.empty() && name == "user") {
            rows.back().policy.user = value;
        }
    }
    return rows;
}

} // namespace

void showSettings(const View& view) {
    Html body = "<h1>Settings</h1>"_html();
    body += integrations(view);
    body += ownership(view);
    body += users(view);
    sendPage(view, 200, "/settings", "Settings", body);
}

void replaceOwnership(const View& view) {
    if (!view.isAdmin())
        throw HttpError(403, "Only an admin changes ownership policies.",
                        "Ask an admin of " + view.principal.organisationName + ".");
    auto rows = sentRows(view.exchange);
    std::stable_sort(rows.begin(), rows.end(),
                     [](const OrderedPolicy& a, const OrderedPolicy& b) { return a.order < b.order; });
    std::vector<OwnershipPolicy> policies;
    for (OrderedPolicy& row : rows) {
        OwnershipPolicy& policy = row.policy;
        bool isEmpty = policy.path.empty() && policy.rule.empty();
        if (policy.user == removeWord || (policy.user.empty() && isEmpty))
            continue;
        if (policy.user.empty())
            throw HttpError(400, "The policy for " + policy.path + " " + policy.rule + " has no owner.",
                            "Go back and choose one.");
        policies.push_back(std::move(policy));
    }
    if (policies.size() > mostPolicies)
        throw HttpError(400, "There can be " + std::to_string(mostPolicies) + " policies at most.",
                        "Join some by wider patterns.");
    view.host.ownership().replace(view.organisation(), policies);
    view.host.audit().record("", {view.organisation(), view.principal.user, "ownership.replaced",
                                  "ownership policies",
                                  counted(static_cast<std::int64_t>(policies.size()), "policy", "policies")});
    view.exchange.redirect("/settings?saved=1#ownership");
}

} // namespace aspm::host

#include "postgres_url.hpp"

#include <cctype>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>

#include <arpa/inet.h>
#include <libpq-fe.h>

namespace jira_plugin::store {
namespace {

using Values = std::map<std::string, std::string>;

bool begins(const std::string& text, const std::string& beginning) {
    return text.compare(0, beginning.size(), beginning) == 0;
}

[[noreturn]] void refuse(const std::string& why) {
    throw std::invalid_argument("The configuration database.url cannot be used: " + why +
                                " It has the form postgresql://user:password@host:port/database?sslmode="
                                "verify-full&sslrootcert=/path/ca.pem.");
}

// libpq would quote the piece that it does not understand, which may be of the password.
void checkEncoding(const std::string& url) {
    for (std::size_t i = url.find('%'); i != std::string::npos; i = url.find('%', i + 1))
        if (i + 2 >= url.size() || !std::isxdigit(static_cast<unsigned char>(url[i + 1])) ||
            !std::isxdigit(static_cast<unsigned char>(url[i + 2])) || url.compare(i, 3, "%00") == 0)
            refuse("a % in it is not followed by two hexadecimal digits of a character. In a password, write "
                   "% as %25, @ as %40, : as %3A and / as %2F.");
}

bool isRead(const std::string& url) {
    char* why = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(url.c_str(), &why), &PQconninfoFree);
    PQfreemem(why);
    return options != nullptr;
}

Values read(const std::string& url) {
    checkEncoding(url);
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(url.c_str(), nullptr), &PQconninfoFree);
    if (!options)
        refuse(isRead(url.substr(0, url.find('?')))
                   ? "one of the parameters after the question mark is not one of PostgreSQL's."
                   : "its user, host or port cannot be read. A host is a name or an address (IPv6 in "
                     "brackets), a port a number.");
    Values values;
    for (const PQconninfoOption* each = options.get(); each->keyword; ++each)
        if (each->val && *each->val)
            values[each->keyword] = each->val;
    return values;
}

bool isLoopback(const std::string& host) {
    in_addr address{};
    return host == "localhost" || host == "::1" ||
           (inet_pton(AF_INET, host.c_str(), &address) == 1 && begins(host, "127."));
}

// Of a list, libpq may take any: TLS may be left out only when all of them are on this machine.
bool isHere(const std::string& hosts) {
    std::istringstream list(hosts);
    for (std::string host; std::getline(list, host, ',');)
        if (!host.empty() && host[0] != '/' && host[0] != '@' && !isLoopback(host))
            return false;
    return true;
}

// What the connection needs to notice a server that is gone, and to mean one thing by every text.
void addDefaults(Values& values) {
    const std::string host = values.count("hostaddr") ? values["hostaddr"] : values["host"];
    if (!isHere(host))
        values.emplace("sslmode", "require");
    values.emplace("connect_timeout", "10");
    values.emplace("keepalives_idle", "30");
    values.emplace("keepalives_interval", "10");
    values.emplace("keepalives_count", "3");
    values.emplace("tcp_user_timeout", "30000");
    values.emplace("application_name", "mayo-aspm-jira");
    values["client_encoding"] = "UTF8";
}

// Poco splits the text at blanks before libpq sees it, so none can be passed on.
std::string asConnection(const Values& values) {
    std::string text;
    for (const auto& [name, value] : values) {
        if (value.empty())
            continue;
        text += (text.empty() ? "" : " ") + name + "=";
        for (const char c : value) {
            if (std::isspace(static_cast<unsigned char>(c)))
                refuse("its " + name + " contains a blank, which cannot be passed on. Choose one without.");
            if (c == '\'' || c == '\\')
                text += '\\';
            text += c;
        }
    }
    return text;
}

} // namespace

bool isPostgresUrl(const std::string& text) {
    return begins(text, "postgresql://") || begins(text, "postgres://");
}

PostgresUrl parsePostgresUrl(const std::string& url) {
    if (!isPostgresUrl(url))
        refuse("it does not begin with postgresql://.");
    Values values = read(url);
    if (!values.count("dbname"))
        refuse("it names no database.");
    addDefaults(values);
    const std::string host = values.count("host") ? values["host"] : values["hostaddr"];
    const std::string port = values.count("port") ? ":" + values["port"] : "";
    return {asConnection(values), "postgresql://" + host + port + "/" + values["dbname"]};
}

} // namespace jira_plugin::store

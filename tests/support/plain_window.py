# A plain window of the installed WebKitGTK, without anything of the app but its policies: what gets out of such a page?
#   plain_window.py WAYS_OUT HOST PORT SECONDS [--policy CSP] [--proxy URL]
# Prints what the ways reported and closes after SECONDS.

import argparse
import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
gi.require_version("Soup", "3.0")
from gi.repository import Gio, GLib, Gtk, Soup, WebKit2  # noqa: E402

arguments = argparse.ArgumentParser()
arguments.add_argument("ways_out")
arguments.add_argument("host")
arguments.add_argument("port", type=int)
arguments.add_argument("seconds", type=float)
arguments.add_argument("--policy", default="")
arguments.add_argument("--proxy", default="")
given = arguments.parse_args()

with open(given.ways_out) as file:
    ways_out = file.read()


def answer(request):
    page = b"<!doctype html><title>plain</title><body>plain</body>"
    response = WebKit2.URISchemeResponse.new(Gio.MemoryInputStream.new_from_bytes(GLib.Bytes.new(page)), len(page))
    response.set_content_type("text/html")
    if given.policy:
        headers = Soup.MessageHeaders.new(Soup.MessageHeadersType.RESPONSE)
        headers.append("Content-Security-Policy", given.policy)
        response.set_http_headers(headers)
    request.finish_with_response(response)


def stay(_view, decision, kind):
    """Like the app: no page but its own in the window itself. Frames are the business of the policy."""
    if kind == WebKit2.PolicyDecisionType.NAVIGATION_ACTION:
        if decision.get_navigation_action().get_request().get_uri().startswith("tauri://localhost"):
            decision.use()
        else:
            decision.ignore()
        return True
    return False


def loaded(view, event):
    if event != WebKit2.LoadEvent.FINISHED:
        return
    script = f"return ({ways_out})({json.dumps(given.host)}, {given.port})"
    view.call_async_javascript_function(script, -1, None, None, None, None, reported)


def reported(view, result):
    try:
        print(view.call_async_javascript_function_finish(result).to_json(0), flush=True)
    except GLib.Error as error:
        print(error.message, file=sys.stderr)
        Gtk.main_quit()
    GLib.timeout_add(int(given.seconds * 1000), Gtk.main_quit)


context = WebKit2.WebContext()
context.register_uri_scheme("tauri", answer)
context.get_security_manager().register_uri_scheme_as_secure("tauri")
if given.proxy:
    settings = WebKit2.NetworkProxySettings.new(given.proxy, None)
    context.get_website_data_manager().set_network_proxy_settings(WebKit2.NetworkProxyMode.CUSTOM, settings)
view = WebKit2.WebView.new_with_context(context)
view.connect("decide-policy", stay)
view.connect("load-changed", loaded)
window = Gtk.Window()
window.add(view)
window.show_all()
view.load_uri("tauri://localhost/")
GLib.timeout_add_seconds(60, lambda: sys.exit("the page was not loaded"))
Gtk.main()

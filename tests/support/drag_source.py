"""A window that something is dragged out of, as out of a file manager or an editor; it goes when that is dropped.

Arguments: the paths of files, or `--text` and a text."""

import sys
from pathlib import Path

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

is_text = sys.argv[1] == "--text"


def hand_over(_box, _context, data, _info, _time):
    if is_text:
        data.set_text(sys.argv[2], -1)
    else:
        data.set_uris([Path(path).absolute().as_uri() for path in sys.argv[1:]])


box = Gtk.EventBox()
box.add(Gtk.Label(label="Drag me"))
box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
box.drag_source_add_text_targets() if is_text else box.drag_source_add_uri_targets()
box.connect("drag-data-get", hand_over)
box.connect("drag-end", lambda _box, _context: Gtk.main_quit())

window = Gtk.Window(title="Files to drag")
window.set_default_size(120, 60)
window.set_keep_above(True)
window.connect("destroy", Gtk.main_quit)
window.add(box)
window.show_all()
Gtk.main()

NOT_OWNED = {
    "ui:brand_css": "the colour is the address; nothing is looked up",
    "ui:catalogue_layout": "the name of a layout; only in development",
}

NOT_OWNED = {
    "ui:brand_css": "a colour is the address; nothing of an organisation is read",
    "ui:catalogue_layout": "development only; shows made-up examples",
}

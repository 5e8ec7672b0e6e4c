"""Redirect processes remember links; the database tells them what to forget, whoever changed it."""

from django.db import migrations

FORGET_LINK = """
CREATE FUNCTION links_forget_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_notify('genlyd_links', coalesce(OLD.domain_id, 0) || ':' || OLD.slug);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM pg_notify('genlyd_links', coalesce(NEW.domain_id, 0) || ':' || NEW.slug);
    END IF;
    RETURN NULL;
END $$;
-- Nobody can have asked for a random slug before it was there; a slug that a person chose may be remembered as absent.
CREATE TRIGGER links_link_made AFTER INSERT ON links_link FOR EACH ROW WHEN (NEW.kind <> 'share')
    EXECUTE FUNCTION links_forget_link();
CREATE TRIGGER links_link_gone AFTER DELETE ON links_link FOR EACH ROW EXECUTE FUNCTION links_forget_link();
CREATE TRIGGER links_link_changed AFTER UPDATE ON links_link FOR EACH ROW WHEN (
    (OLD.slug, OLD.domain_id, OLD.target, OLD.utm, OLD.retired_at, OLD.expires_at, OLD.preview)
    IS DISTINCT FROM (NEW.slug, NEW.domain_id, NEW.target, NEW.utm, NEW.retired_at, NEW.expires_at, NEW.preview)
) EXECUTE FUNCTION links_forget_link();
"""
FORGET_ALL = """
CREATE FUNCTION links_forget_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('genlyd_links', '*');
    RETURN NULL;
END $$;
-- Not at every look into the DNS: only what redirects go by.
CREATE TRIGGER links_domain_changed AFTER INSERT OR UPDATE OF host, proved_at OR DELETE ON links_domain
    FOR EACH STATEMENT EXECUTE FUNCTION links_forget_all();
CREATE TRIGGER links_privacy_changed AFTER INSERT OR UPDATE OR DELETE ON links_linkprivacy
    FOR EACH STATEMENT EXECUTE FUNCTION links_forget_all();
"""


class Migration(migrations.Migration):
    dependencies = [("links", "0001_initial")]

    operations = [
        migrations.RunSQL(
            FORGET_LINK, "DROP TRIGGER links_link_made ON links_link; DROP TRIGGER links_link_gone ON links_link;"
            " DROP TRIGGER links_link_changed ON links_link; DROP FUNCTION links_forget_link();",
        ),
        migrations.RunSQL(
            FORGET_ALL, "DROP TRIGGER links_domain_changed ON links_domain;"
            " DROP TRIGGER links_privacy_changed ON links_linkprivacy; DROP FUNCTION links_forget_all();",
        ),
    ]  # fmt: skip

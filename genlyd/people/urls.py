from __future__ import annotations

from django.urls import path

from genlyd.people.views import consent, imports, joining, me, member, members, organisation, setup, teams

app_name = "people"
urlpatterns = [
    path("setup/", setup.setup, name="setup"),
    path("setup/<str:code>/", setup.setup, name="setup_with_code"),
    path("invitation/<str:token>/", joining.accept, name="accept"),
    path("join/<str:token>/", joining.join, name="join"),
    path("join/confirm/<str:claim>/", joining.join_confirm, name="join_confirm"),
    path("no-membership/", me.no_membership, name="no_membership"),
    path("me/", me.me, name="me"),
    path("switch/", me.switch, name="switch"),
    path("media/people/<str:name>", me.picture, name="picture"),
    path("consent/", consent.consent, name="consent"),
    path("consent/give/", consent.give, name="consent_give"),
    path("consent/withdraw/", consent.withdraw, name="consent_withdraw"),
    path("consent/later/", consent.later, name="consent_later"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/colour/", organisation.colour, name="colour"),
    path("organisation/consent/", consent.text, name="consent_text"),
    path("organisation/join-link/open/", organisation.open_join_link, name="join_link_open"),
    path("organisation/join-link/close/", organisation.close_join_link, name="join_link_close"),
    path("organisation/departments/", teams.departments, name="departments"),
    path("organisation/locations/", teams.locations, name="locations"),
    path("organisation/teams/<int:pk>/", teams.team, name="team"),
    path("organisation/teams/<int:pk>/delete/", teams.delete, name="team_delete"),
    path("people/", members.members, name="members"),
    path("people/invite/", members.invite_many, name="invite_many"),
    path("people/export.csv", members.export, name="export"),
    path("people/new/", member.new, name="member_new"),
    path("people/import/", imports.upload, name="import"),
    path("people/import/template.csv", imports.template, name="import_template"),
    path("people/import/<int:pk>/", imports.preview, name="import_preview"),
    path("people/import/<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("people/import/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("people/import/<int:pk>/faults.csv", imports.faults, name="import_faults"),
    path("people/<int:pk>/", member.member, name="member"),
    path("people/<int:pk>/edit/", member.edit, name="member_edit"),
    path("people/<int:pk>/roles/", member.roles, name="member_roles"),
    path("people/<int:pk>/leave/", member.leave, name="member_leave"),
    path("people/<int:pk>/back/", member.back, name="member_back"),
    path("people/<int:pk>/invite/", member.invite, name="member_invite"),
    path("people/<int:pk>/withdraw-invitation/", member.withdraw_invitation, name="member_withdraw"),
]

"""Addresses of the office: words that people can read out."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from xulang.office.desks import (
    account,
    accuracy,
    directives,
    directory,
    duties,
    facsimiles,
    figures,
    following,
    home,
    journal,
    reorganising,
    review,
    search,
)

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("dang-nhap/", account.log_in, name="login"),
    path("dang-xuat/", account.log_out, name="log_out"),
    path("mat-khau/", account.password, name="password"),
    path("ngon-ngu/", login_not_required(require_POST(set_language)), name="set_language"),
    path("van-ban/", directives.directives, name="directives"),
    path("van-ban/tiep-nhan/", directives.receive, name="receive"),
    path("van-ban/<int:directive_id>/", directives.directive, name="directive"),
    path("van-ban/<int:directive_id>/tep/", directives.directive_file, name="directive_file"),
    path("van-ban/<int:directive_id>/da-nhan/", directives.mark_read, name="mark_read"),
    path("van-ban/<int:directive_id>/chuong-trinh/", directives.propose, name="propose"),
    path("van-ban/<int:directive_id>/trang/<int:leaf>/", facsimiles.page, name="page_picture"),
    path("tim/", search.search, name="search"),
    path("ra-soat/<int:programme_id>/", review.review, name="review"),
    path("ra-soat/<int:programme_id>/cung-xem/", review.others, name="review_others"),
    path("ra-soat/<int:programme_id>/<slug:act>/", review.act, name="review_act"),
    path("ra-soat/<int:programme_id>/nhiem-vu/<int:task_id>/<slug:act>/", review.task_act, name="review_task"),
    path("doc-dung/", accuracy.accuracy, name="accuracy"),
    path("viec/", duties.desk, name="desk"),
    path("viec/<int:assignment_id>/", duties.assignment, name="assignment"),
    path("minh-chung/<int:evidence_id>/", duties.evidence, name="evidence"),
    path("minh-chung/<int:evidence_id>/thu-hoi/", duties.withdraw_evidence, name="withdraw_evidence"),
    path("ghi-chu/<int:note_id>/thu-hoi/", duties.withdraw_note, name="withdraw_note"),
    path("xac-nhan/", following.to_confirm, name="to_confirm"),
    path("xac-nhan/<int:entry_id>/", following.confirm, name="confirm"),
    path("xac-nhan/<int:entry_id>/tra-lai/", following.return_report, name="return_report"),
    path("tinh-hinh/", figures.figures, name="figures"),
    path("tinh-hinh/<slug:number>/", figures.figure_rows, name="figure_rows"),
    path("don-vi/", directory.units, name="units"),
    path("don-vi/them/", directory.add_unit, name="add_unit"),
    path("don-vi/<int:unit_id>/", directory.unit, name="unit"),
    path("sap-xep/", reorganising.reorganisations, name="reorganisations"),
    path("sap-xep/lap/", reorganising.draft_reorganisation, name="draft_reorganisation"),
    path("sap-xep/mau/", reorganising.mapping_template, name="mapping_template"),
    path("sap-xep/<int:reorganisation_id>/", reorganising.reorganisation, name="reorganisation"),
    path("sap-xep/<int:reorganisation_id>/bo/", reorganising.discard_reorganisation, name="discard_reorganisation"),
    path("sap-xep/<int:reorganisation_id>/dong/<int:line_id>/bo/", reorganising.remove_line, name="remove_line"),
    path(
        "sap-xep/<int:reorganisation_id>/xem-truoc/", reorganising.preview_reorganisation, name="preview_reorganisation"
    ),
    path("sap-xep/<int:reorganisation_id>/ap-dung/", reorganising.apply_reorganisation, name="apply_reorganisation"),
    path("sap-xep/<int:reorganisation_id>/hoan-tac/", reorganising.undo_reorganisation, name="undo_reorganisation"),
    path("sap-xep/<int:reorganisation_id>/viec/", reorganising.touched_rows, name="touched_rows"),
    path("sap-xep/<int:reorganisation_id>/chon/", reorganising.choose, name="choose_heir"),
    path("nguoi-dung/", directory.people, name="people"),
    path("nguoi-dung/them/", directory.add_person, name="add_person"),
    path("nguoi-dung/<int:person_id>/", directory.person, name="person"),
    path("nguoi-dung/<int:person_id>/mat-khau/", directory.reset_password, name="reset_password"),
    path("nguoi-dung/<int:person_id>/khoa/", directory.close_account, name="close_account"),
    path("chuc-vu/<int:holding_id>/ket-thuc/", directory.end_holding, name="end_holding"),
    path("nhat-ky/", journal.journal, name="journal"),
]

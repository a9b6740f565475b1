"""Addresses of the office: words that people can read out."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from xulang.office.desks import account, home, review

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("dang-nhap/", account.log_in, name="login"),
    path("dang-xuat/", account.log_out, name="log_out"),
    path("mat-khau/", account.password, name="password"),
    path("ngon-ngu/", login_not_required(require_POST(set_language)), name="set_language"),
    path("ra-soat/<int:programme_id>/", review.review, name="review"),
    path("ra-soat/<int:programme_id>/<slug:act>/", review.act, name="review_act"),
    path("ra-soat/<int:programme_id>/nhiem-vu/<int:task_id>/<slug:act>/", review.task_act, name="review_task"),
]

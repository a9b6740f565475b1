"""Addresses: which door answers where."""

from django.urls import include, path

urlpatterns = [path("", include("xulang.office.urls"))]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_registers"),
        ("directives", "0007_answer_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post", models.CharField(max_length=100, verbose_name="post")),
                ("name", models.CharField(max_length=100, verbose_name="full name")),
                ("position", models.CharField(blank=True, max_length=100, verbose_name="position")),
                ("telephone", models.CharField(max_length=40, verbose_name="telephone")),
                ("backup_name", models.CharField(blank=True, max_length=100, verbose_name="stands in")),
                (
                    "backup_telephone",
                    models.CharField(blank=True, max_length=40, verbose_name="telephone of who stands in"),
                ),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="to")),
                (
                    "checked_in_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed to be there at"),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="directives.assignment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.dutyperson",
                    ),
                ),
            ],
            options={
                "verbose_name": "shift",
                "verbose_name_plural": "shifts",
                "ordering": ["starts_at", "post", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="shift_ends_after_start",
                violation_error_message="A shift must end after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.UniqueConstraint(
                fields=("assignment", "post", "starts_at", "name"),
                name="shift_once",
                violation_error_message="This person has a shift on this post from the same moment already.",
            ),
        ),
        migrations.AddField(
            model_name="directive",
            name="duty_from",
            field=models.DateField(blank=True, null=True, verbose_name="on duty from"),
        ),
        migrations.AddField(
            model_name="directive",
            name="duty_to",
            field=models.DateField(blank=True, null=True, verbose_name="on duty to"),
        ),
        migrations.AddConstraint(
            model_name="directive",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duty_from__isnull", True), ("duty_to__isnull", True)),
                    models.Q(
                        ("duty_from__isnull", False),
                        ("duty_to__gte", models.F("duty_from")),
                        ("duty_to__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="directive_duty_days_in_order",
                violation_error_message="The last day of duty must not come before the first.",
            ),
        ),
    ]

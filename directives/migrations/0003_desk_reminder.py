from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0002_answer_revision_origin"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invitation", "Invitation"),
                    ("arrival", "Arrival"),
                    ("before", "Before the deadline"),
                    ("half_way", "Half of the time has passed"),
                    ("last_morning", "The last working morning"),
                    ("last_hours", "Two hours before"),
                    ("due", "On the day"),
                    ("overdue", "Overdue"),
                    ("returned", "More is asked for"),
                    ("manual", "Desk's reminder"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
    ]

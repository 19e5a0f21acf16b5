"""Every grade target has its platform by now. Apart from filling it in: PostgreSQL cannot do both in one transaction."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lti", "0003_grade_delivery")]

    operations = [
        migrations.AlterField(
            model_name="gradetarget",
            name="platform",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="grade_targets", to="lti.platform"
            ),
        ),
    ]

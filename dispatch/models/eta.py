"""What is learnt about arrivals: predictions with what came of them, models, and how it goes at present."""

from django.db import models

from accounts.models import Operator
from dispatch.models.area import ServiceArea
from dispatch.models.base import Tenanted
from dispatch.models.request import ChargeRequest
from dispatch.models.scopes import DispatcherScoped


class EtaModel(Tenanted):
    """A model of an area; `EtaState` says which is in use, the others stay to be compared."""

    area = models.ForeignKey(ServiceArea, on_delete=models.CASCADE, related_name="eta_models")
    version = models.PositiveIntegerField()
    trained_at = models.DateTimeField(help_text="world clock")
    window_from = models.DateTimeField(help_text="of the predictions it learnt from")
    window_to = models.DateTimeField()
    samples = models.PositiveIntegerField()
    visits = models.PositiveIntegerField()
    quality = models.JSONField(help_text="of the visits that were held out")
    document = models.JSONField(help_text="routing.prediction.quantiles.Model")

    objects = DispatcherScoped["EtaModel"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operator", "id"], name="eta_model_of_operator"),
            models.UniqueConstraint(fields=["area", "version"], name="eta_model_version"),
        ]

    def __str__(self) -> str:
        return f"arrivals {self.version} of {self.area_id}"


class EtaState(Tenanted):
    """How it goes in an area at present: read with every prediction, so it is one small row."""

    area = models.OneToOneField(ServiceArea, on_delete=models.CASCADE, related_name="eta_state")
    model = models.ForeignKey(EtaModel, on_delete=models.SET_NULL, null=True, related_name="+")
    pace = models.JSONField(default=dict, help_text="work -> real over planned time")
    arrival_drift = models.JSONField(default=dict, help_text="quantile -> how far it is moved")
    ready_drift = models.JSONField(default=dict)
    sampled_at = models.DateTimeField(null=True, help_text="when everything was predicted last")
    measured_at = models.DateTimeField(null=True)

    objects = DispatcherScoped["EtaState"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operator", "id"], name="eta_state_of_operator")]

    def __str__(self) -> str:
        return f"arrivals of {self.area_id}"


class EtaSample(models.Model):
    """One prediction as it was shown, and what came of it."""

    id = models.BigAutoField(primary_key=True)
    operator = models.ForeignKey(Operator, models.CASCADE, related_name="+", db_index=False)
    area = models.ForeignKey(ServiceArea, models.CASCADE, related_name="eta_samples", db_index=False)
    request = models.ForeignKey(ChargeRequest, models.CASCADE, related_name="eta_samples")
    at = models.DateTimeField(help_text="when it was predicted, world clock")
    row = models.JSONField(help_text="routing.prediction.features.READY_NAMES")
    arrival_s = models.FloatField(help_text="expected, before any quantile, from then")
    ready_s = models.FloatField()
    arrival_p10 = models.DateTimeField()
    arrival_p50 = models.DateTimeField()
    arrival_p90 = models.DateTimeField()
    ready_p50 = models.DateTimeField()
    ready_p90 = models.DateTimeField()
    model_version = models.PositiveIntegerField(null=True, help_text="None: the stated margin")
    was_there = models.BooleanField(help_text="the arrival lay behind already")
    arrived_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    over = models.BooleanField(default=False, help_text="nothing more will come of it")
    followed = models.BooleanField(default=False, help_text="the bounds have heard of it")

    objects = DispatcherScoped["EtaSample"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "at"], name="eta_samples_of_area"),
            models.Index(fields=["area"], name="eta_samples_open", condition=models.Q(over=False)),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} at {self.at:%H:%M:%S}"

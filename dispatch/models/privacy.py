"""The register of every field: purpose, retention, readers. See `accounts.privacy` for how to read it."""

from accounts.privacy import ACCOUNTS, CREDENTIAL, LIBRARIES, PLAIN, Rule, build_rule, fields

CAR = build_rule("to fit a charge to a car", None, "self dispatcher crew")
# From the day its driver removes it.
PLATE = build_rule("to know a car on the street", 90, "self dispatcher crew", telling=True)
ASKED = build_rule("to serve and bill a request", 3650, "self dispatcher owner crew")
# Later only the H3 cell is left of where a car stood.
WHERE = build_rule("to find the car", 90, "self dispatcher crew", telling=True)
# A plan's documents name every place it leads to.
DOCUMENTS = build_rule("to quote from, explain and judge a plan again", 90, "dispatcher owner")
TOLD = build_rule("to keep what was promised", 3650, "self dispatcher owner")
ROSTER = build_rule("to plan who works when", None, "self dispatcher owner")
WORKED = build_rule("to know who worked when", 730, "self dispatcher owner")
# A unit's way is its crew's way.
TRACK = build_rule("to follow a unit and prove its way", 60, "dispatcher owner")
SPOT = build_rule("to follow a unit and prove its way", 60, "dispatcher owner", telling=True)
FORECAST = build_rule("to learn how far predictions are off", 60, "dispatcher owner")
CALLS = build_rule("to answer a repeated call the same", 2, "nobody")
ANSWER = build_rule("to answer a repeated call the same", 2, "nobody", telling=True)
# Crews write what they see, which may be people and plates: kept shortly.
SAID = build_rule("to act on what a crew reports", 180, "self dispatcher owner")
REPORTED = build_rule("to learn what hinders work", None, "self dispatcher owner")
WORDS = build_rule("to act on what a crew reports", 180, "self dispatcher owner", telling=True)
METERED = build_rule("to prove what was metered", 3650, "dispatcher owner")
PROOF = build_rule("to prove a reading that was typed", 365, "dispatcher owner")
PICTURE = build_rule("to prove a reading that was typed", 365, "dispatcher owner", telling=True)
HISTORY = build_rule("to replay, explain and audit", 3650, "dispatcher owner")

DISPATCH: dict[str, dict[str, Rule]] = {
    "dispatch.ServiceArea": fields(
        plain=(
            PLAIN,
            "id operator slug name time_zone currency locale vat_bp roads west south east north"
            " centre_lat centre_lon mean_grade_pm horizon_s plan_version revision"
            " planned_revision",
        )
    ),
    "dispatch.Site": fields(
        plain=(
            PLAIN,
            "id slug osm name lat lon entrances hours time_zone max_height_mm max_weight_kg levels covered"
            " setup_extra_s kinds",
        )
    ),
    "dispatch.Depot": fields(plain=(PLAIN, "id operator area site slug name lat lon")),
    "dispatch.Plug": fields(
        plain=(PLAIN, "id operator depot unit name connector power_w efficiency_pct state")
    ),
    "dispatch.Unit": fields(
        plain=(
            PLAIN,
            "id operator area home site name kind mobility profile plate height_mm weight_kg shares_pack"
            " drive_wh_per_km aux_w cost_per_km_milli cost_per_h_milli cost_per_use_milli in_service",
        )
    ),
    "dispatch.Pack": fields(
        plain=(PLAIN, "id operator unit usable_wh reserve_wh target_wh max_charge_w rest_w curve")
    ),
    "dispatch.Charger": fields(
        plain=(
            PLAIN,
            "id operator unit plug connectors power_w efficiency_pct min_v max_v identity protocol",
        ),
        credential=(CREDENTIAL, "key_sha256"),
    ),
    "dispatch.ChargerState": fields(
        plain=(
            PLAIN,
            "id operator charger link protocol connected_at seen_at booted_at vendor model firmware"
            " status error_code status_at power_w limit_w measured_at",
        )
    ),
    "dispatch.ChargerCommand": fields(
        history=(
            HISTORY,
            "id operator charger stop session verb said status who why link answer queued_at expires_at"
            " sent_at answered_at",
        )
    ),
    "dispatch.OcppMessage": fields(
        metered=(
            METERED,
            "id operator charger session link protocol ours action message_id frame answer at",
        )
    ),
    # A picture of a meter may show more than the meter.
    "dispatch.Attachment": fields(
        proof=(PROOF, "id operator stop kind media_type at by"), picture=(PICTURE, "content")
    ),
    "dispatch.Receipt": fields(metered=(METERED, "id operator charger key digest answer session")),
    "dispatch.UnitState": fields(
        plain=(PLAIN, "id operator unit activity pack_wh pack_at next_arrival_at"),
        track=(TRACK, "fix_at seen_at near_at near_wall doubts"),
        spot=(SPOT, "lat lon heading speed_mps"),
    ),
    "dispatch.Position": fields(
        track=(TRACK, "id operator unit at"), spot=(SPOT, "lat lon heading speed_mps")
    ),
    "dispatch.RosterLine": fields(roster=(ROSTER, "id operator unit crew starts_local duration_s breaks")),
    "dispatch.Shift": fields(
        worked=(WORKED, "crew"), roster=(ROSTER, "id operator unit starts_at ends_at breaks")
    ),
    "dispatch.Tariff": fields(
        plain=(
            PLAIN,
            "id operator area version valid_from callout_minor energy_minor_per_kwh stranded_minor"
            " cancel_minor",
        )
    ),
    "dispatch.Vehicle": fields(
        car=(
            CAR,
            "id person catalogue model usable_wh max_dc_w max_ac_w connectors voltage_v"
            " efficiency_pct wh_per_km curve inlet soc_hint removed_at",
        ),
        plate=(PLATE, "name plate"),
    ),
    "dispatch.VehicleModel": fields(
        plain=(
            PLAIN,
            "id slug make model variant from_year usable_wh max_dc_w max_ac_w connectors voltage_v"
            " efficiency_pct wh_per_km curve inlet source assumed",
        )
    ),
    "dispatch.SearchPlace": fields(plain=(PLAIN, "id city build kind name detail folded lat lon site")),
    "dispatch.Quote": fields(
        asked=(
            ASKED,
            "id person vehicle area soc energy_wh earliest latest urgency created_at plan_version refusal",
        ),
        where=(WHERE, "site lat lon place_text"),
    ),
    "dispatch.Offer": fields(
        told=(
            TOLD,
            "id quote operator unit tariff kind relaxes text position earliest latest arrival_p50"
            " arrival_p90 ready_p90 energy_wh soc_after price expires_at taken_at",
        )
    ),
    "dispatch.ChargeRequest": fields(
        asked=(
            ASKED,
            "id operator area person vehicle offer tariff energy_wh soc_from soc_after earliest latest"
            " urgency status version cause not_served setup_s wrapup_s price created_at stage_at",
        ),
        where=(WHERE, "site lat lon place_text"),
        plain=(PLAIN, "rounded"),
    ),
    "dispatch.Promise": fields(
        told=(
            TOLD,
            "id operator request version arrival_p50 arrival_p90 ready_p90 energy_wh told_at reason"
            " credit_minor",
        )
    ),
    "dispatch.Route": fields(plain=(PLAIN, "id operator area unit shift")),
    "dispatch.Stop": fields(
        plain=(
            PLAIN,
            "id operator route unit plug depot break_id kind state position revision depart_at"
            " arrive_at start_at end_at energy_wh pack_before_wh pack_after_wh setup_s wrapup_s"
            " flow_ends_at slipped",
        ),
        asked=(ASKED, "request departed_at arrived_at worked_from done_at left_at reason"),
        where=(WHERE, "lat lon"),
    ),
    "dispatch.Lock": fields(history=(HISTORY, "id operator stop what who why created_at until")),
    "dispatch.Plan": fields(
        plain=(PLAIN, "id operator area version part_of published_at wanted_at made_at writer cost"),
        history=(HISTORY, "causes difference"),
        documents=(DOCUMENTS, "problem plan"),
    ),
    "dispatch.ReplanWanted": fields(
        plain=(PLAIN, "id operator area wanted done causes lease lease_until urgent_at")
    ),
    "dispatch.ChargingSession": fields(
        asked=(
            ASKED,
            "id operator request pack charger stop connector number ref state started_at ended_at"
            " end_reason meter_start_wh meter_end_wh energy_wh soc_start soc_end power_w read_at seq_end"
            " seqs_taken flags",
        )
    ),
    "dispatch.MeterReading": fields(
        asked=(ASKED, "id operator session at said_at register_wh power_w offered_w soc signed source photo")
    ),
    "dispatch.Message": fields(
        plain=(PLAIN, "operator unit stop"),
        reported=(REPORTED, "id kind at"),
        said=(SAID, "by"),
        words=(WORDS, "text"),
    ),
    "dispatch.EtaModel": fields(
        plain=(
            PLAIN,
            "id operator area version trained_at window_from window_to samples visits quality document",
        )
    ),
    "dispatch.EtaState": fields(
        plain=(
            PLAIN,
            "id operator area model pace arrival_drift ready_drift sampled_at measured_at",
        )
    ),
    "dispatch.EtaSample": fields(
        forecast=(
            FORECAST,
            "id operator area request at row arrival_s ready_s arrival_p10 arrival_p50 arrival_p90 ready_p50"
            " ready_p90 model_version was_there arrived_at ready_at over followed",
        )
    ),
    "dispatch.RiskItem": fields(
        plain=(PLAIN, "id operator area kind subject since cause facts at unit stop plug fix tried"),
        asked=(ASKED, "hurt request"),
    ),
    "dispatch.Closure": fields(
        plain=(PLAIN, "id operator area kind shape speed_pct from_at until_at made_at lifted_at known_at"),
        history=(HISTORY, "made_by why"),
    ),
    "dispatch.Event": fields(history=(HISTORY, "id operator stream seq type data cause actor at")),
    "dispatch.StreamCounter": fields(plain=(PLAIN, "stream operator seq forgotten")),
    "dispatch.IdempotencyKey": fields(
        calls=(CALLS, "id caller key fingerprint status created_at"), answer=(ANSWER, "body")
    ),
    "dispatch.WorldClock": fields(plain=(PLAIN, "id speed anchor anchor_wall alive_wall running")),
}

REGISTER = ACCOUNTS | LIBRARIES | DISPATCH

"""The sockets: who may open each, and who may go on."""

ALICE, CONSOLE = {"alice"}, {"dana", "olga", "otto"}
CREWS, DEVICES = {"cora", "cory", "tablet", "stray"}, {"tablet"}

# By address: for whom it stays open. Otto, Cory and the other van's device see what is theirs.
STAYS = {
    "/ws/driver/requests/{request_id}": ALICE,
    "/ws/ops": CONSOLE,
    "/ws/crew": CREWS,
    "/ws/units/{unit_id}": DEVICES,
}
# A charger has a key of its own, and the last address is where everybody else is turned away.
OTHERS = {"/ocpp/{identity}", "/"}

"""Small towns with stations, written by hand or drawn from a seed; none from a benchmark."""

import random

from routing.evrptw.instance import CUSTOMER, DEPOT, STATION, Instance, Node

SCHNEIDER = """StringID   Type       x          y          demand     ReadyTime  DueDate    ServiceTime
D0         d          0.0        0.0        0.0        0.0        200.0      0.0
S1         f          10.0       0.0        0.0        0.0        200.0      0.0
C1         c          20.0       0.0        4.0        0.0        60.0       5.0
C2         c          0.0        8.0        3.0        10.0       20.0       5.0

Q Vehicle fuel tank capacity /30.0/
C Vehicle load capacity /10.0/
r fuel consumption rate /1.0/
g inverse refueling rate /2.0/
v average Velocity /1.0/
"""

SOLOMON = """T1

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0          0          0          0        100          0
    1      1          1          4          0         50         10
    2      3          0          5         20         60         10
"""


def draw_town(seed: int, customers: int, stations: int = 4, battery: float = 60.0) -> Instance:
    """Draw a town in which every customer can be served by a vehicle of its own."""
    chance = random.Random(seed)
    depot = Node("D0", DEPOT, 50, 50, 0, 0, 1000, 0)
    places = [
        Node(f"S{n}", STATION, chance.uniform(20, 80), chance.uniform(20, 80), 0, 0, 1000, 0)
        for n in range(stations)
    ]
    people = []
    for n in range(customers):
        ready = chance.uniform(0, 500)
        x, y = chance.uniform(30, 70), chance.uniform(30, 70)
        people.append(
            Node(f"C{n}", CUSTOMER, x, y, chance.randint(1, 9), ready, ready + chance.uniform(60, 300), 10)
        )
    return Instance(f"town{seed}", depot, tuple(people), tuple(places), 40, battery, 1.0, 0.5, 1.0)

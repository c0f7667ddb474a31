/** The vocabulary of the house, as words to be translated. */
export type UnitKind = 'van' | 'robot' | 'trolley' | 'portable' | 'trailer';
export type UnitState = 'off_duty' | 'available' | 'travelling' | 'on_site' | 'delivering' | 'recharging' | 'on_break' | 'out_of_service';
export type StaffRole = 'dispatcher' | 'crew' | 'owner';

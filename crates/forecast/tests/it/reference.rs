//! The table of the project's research on jury sizes, value by value: fixed juries, juries in steps, growing juries.

use mic_forecast::chances::{at_least, at_least_of_many, hypergeometric};
use mic_forecast::exact::{Answering, Pool, Verdicts, verdicts};
use mic_forecast::terms::Terms;

/// Whether a value is what was printed, with so many digits behind the point.
fn is(value: f64, printed: f64, digits: i32) {
    let half = 0.5 * 10_f64.powi(-digits) + 1e-12;
    assert!((value - printed).abs() <= half, "{value} is not {printed}");
}

/// Whether a value has this first digit and order of magnitude.
fn is_about(value: f64, printed: f64) {
    let unit = 10_f64.powf(printed.log10().floor());
    assert!((value - printed).abs() <= unit / 2.0, "{value} is not about {printed}");
}

fn majority(seats: u32) -> u32 {
    seats / 2 + 1
}

fn fixed(seats: u32, pool: Pool) -> Verdicts {
    let terms = Terms::Fixed { seats, agree: majority(seats), quorum: 1, then: 0 };
    verdicts(&terms, Answering::SURE, pool).expect("small enough")
}

#[test]
fn a_jury_errs_as_often_as_the_table_says() {
    let table = [
        (7, [(0.45, 0.3914, 0.3917), (0.40, 0.2892, 0.2898), (0.30, 0.1253, 0.1260)]),
        (15, [(0.45, 0.3455, 0.3465), (0.40, 0.2114, 0.2131), (0.30, 0.0487, 0.0500)]),
        (25, [(0.45, 0.3041, 0.3063), (0.40, 0.1508, 0.1538), (0.30, 0.0163, 0.0175)]),
        (51, [(0.45, 0.2302, 0.2359), (0.40, 0.0683, 0.0735), (0.30, 0.0010, 0.0014)]),
    ];
    for (seats, columns) in table {
        for (support, thousand, endless) in columns {
            is(fixed(seats, Pool::of(1_000, support)).approved, thousand, 4);
            is(fixed(seats, Pool::Endless { yes: support }).approved, endless, 4);
        }
    }
    is(fixed(101, Pool::of(1_000, 0.45)).approved, 0.1434, 4);
    is(fixed(101, Pool::Endless { yes: 0.45 }).approved, 0.1562, 4);
    is(fixed(101, Pool::of(1_000, 0.40)).approved, 0.0158, 4);
    is(fixed(101, Pool::Endless { yes: 0.40 }).approved, 0.0209, 4);
    is_about(fixed(101, Pool::of(1_000, 0.30)).approved, 4e-6);
    is_about(fixed(101, Pool::Endless { yes: 0.30 }).approved, 1e-5);
    is(fixed(201, Pool::of(1_000, 0.45)).approved, 0.0557, 4);
    is(fixed(201, Pool::Endless { yes: 0.45 }).approved, 0.0774, 4);
    is(fixed(201, Pool::of(1_000, 0.40)).approved, 0.0006, 4);
    is(fixed(201, Pool::Endless { yes: 0.40 }).approved, 0.0021, 4);
    is(fixed(385, Pool::of(1_000, 0.45)).approved, 0.0060, 4);
    is(fixed(385, Pool::Endless { yes: 0.45 }).approved, 0.0245, 4);
    is_about(fixed(385, Pool::of(1_000, 0.40)).approved, 2e-7);
    is_about(fixed(385, Pool::Endless { yes: 0.40 }).approved, 4e-5);
}

#[test]
fn answer_by_answer_and_the_closed_formula_agree() {
    for (seats, members, yes) in
        [(7, 1_000, 450), (25, 100, 40), (101, 1_000, 300), (385, 1_000, 450)]
    {
        let stepwise = fixed(seats, Pool::Members { members, yes });
        let closed = at_least(members, yes, seats, majority(seats));
        assert!(
            (stepwise.approved - closed).abs() < 1e-9 * closed.max(1e-3),
            "{seats} of {members}"
        );
        let share = f64::from(yes) / f64::from(members);
        let stepwise = fixed(seats, Pool::Endless { yes: share });
        let closed = at_least_of_many(share, seats, majority(seats));
        assert!((stepwise.approved - closed).abs() < 1e-9 * closed.max(1e-3), "{seats}");
        let sum = stepwise.approved + stepwise.declined + stepwise.undecided;
        assert!((sum - 1.0).abs() < 1e-9);
    }
}

#[test]
fn a_tenth_of_the_members_is_missing_as_often_as_the_table_says() {
    for (seats, missing, digits) in [(7, 0.478, 3), (15, 0.206, 3), (25, 0.072, 3), (51, 0.005, 3)]
    {
        is(1.0 - at_least_of_many(0.1, seats, 1), missing, digits);
    }
    is_about(1.0 - at_least_of_many(0.1, 101, 1), 2e-5);
    assert!(hypergeometric(1_000, 100, 101, 0) < 2e-5);
}

#[test]
fn jurors_who_are_right_more_often_than_not_are_right_together_as_the_table_says() {
    for (seats, right) in [(7, 0.710), (15, 0.787), (25, 0.846), (51, 0.926), (101, 0.979)] {
        is(at_least_of_many(0.6, seats, majority(seats)), right, 3);
    }
}

#[test]
fn the_smallest_juries_with_at_most_so_many_wrong_verdicts_are_those_of_the_table() {
    let smallest = |error: f64, pool: fn(f64) -> Pool, support: f64| {
        let odd = (1..600).step_by(2);
        odd.into_iter().find(|seats| match pool(support) {
            Pool::Members { members, yes } => {
                at_least(members, yes, *seats, majority(*seats)) <= error
            }
            Pool::Endless { yes } => at_least_of_many(yes, *seats, majority(*seats)) <= error,
        })
    };
    let endless = |yes| Pool::Endless { yes };
    for (support, five, one) in
        [(0.45, 269, 539), (0.40, 67, 133), (0.35, 29, 57), (0.30, 17, 31), (0.25, 9, 19)]
    {
        assert_eq!(smallest(0.05, endless, support), Some(five), "{support}");
        assert_eq!(smallest(0.01, endless, support), Some(one), "{support}");
    }
    let thousand = |support| Pool::of(1_000, support);
    assert_eq!(smallest(0.05, thousand, 0.45), Some(213));
    assert_eq!(smallest(0.01, thousand, 0.45), Some(351));
    assert_eq!(smallest(0.05, thousand, 0.40), Some(63));
    assert_eq!(smallest(0.01, thousand, 0.40), Some(117));
    assert_eq!(smallest(0.05, |support| Pool::of(100, support), 0.40), Some(41));
}

#[test]
fn two_thirds_pass_as_often_as_the_table_says() {
    let rows: [(u32, [f64; 3]); 4] = [
        (12, [0.438, 0.724, 0.928]),
        (24, [0.328, 0.725, 0.964]),
        (45, [0.224, 0.747, 0.989]),
        (150, [0.054, 0.838, 1.000]),
    ];
    for (seats, row) in rows {
        for (support, passes) in [0.6, 0.7, 0.8].into_iter().zip(row) {
            let pool = Pool::of(10_000, support);
            let agree = (2 * seats).div_ceil(3);
            let terms = Terms::Fixed { seats, agree, quorum: 1, then: 0 };
            let verdicts = verdicts(&terms, Answering::SURE, pool).expect("small enough");
            is(verdicts.approved, passes, 3);
        }
    }
}

#[test]
fn juries_in_steps_of_one_err_and_ask_as_the_table_says() {
    let rows = [
        (1_000, 0.40, 8, 101, 0.0381, 36.1, 63),
        (10_000, 0.40, 8, 151, 0.0379, 36.9, 67),
        (1_000, 0.30, 5, 31, 0.0173, 11.9, 15),
        (10_000, 0.45, 15, 401, 0.0496, 133.5, 263),
    ];
    for (members, support, lead, cap, wrong, jurors, same_fixed) in rows {
        let pool = Pool::of(members, support);
        let terms = Terms::Steps { seats: 1, quorum: 1, then: 1, lead, cap };
        let stepwise = verdicts(&terms, Answering::SURE, pool).expect("small enough");
        is(stepwise.approved, wrong, 4);
        is(stepwise.seats, jurors, 1);
        assert!((stepwise.approved + stepwise.declined - 1.0).abs() < 1e-9);
        // The last column: the smallest fixed jury with at most one wrong verdict in twenty.
        let errs = |seats: u32| fixed(seats, pool).approved;
        assert!(errs(same_fixed) <= 0.05 && errs(same_fixed - 2) > 0.05, "{same_fixed}");
    }
}

#[test]
fn without_bound_a_jury_in_steps_errs_as_walds_formula_says() {
    let terms = Terms::Steps { seats: 1, quorum: 1, then: 1, lead: 8, cap: 500 };
    let pool = Pool::Endless { yes: 0.4 };
    let stepwise = verdicts(&terms, Answering::SURE, pool).expect("small enough");
    let wald = 1.0 / (1.0 + (0.6_f64 / 0.4).powi(8));
    assert!((wald - 0.0375).abs() < 1e-4, "{wald}");
    assert!((stepwise.approved - wald).abs() < 1e-4, "{}", stepwise.approved);
}

#[test]
fn a_growing_jury_of_nine_errs_in_four_of_a_hundred_and_asks_twelve() {
    let terms = Terms::Fixed { seats: 9, agree: 6, quorum: 6, then: 12 };
    let growing = verdicts(&terms, Answering::SURE, Pool::Endless { yes: 0.3 }).expect("small");
    is(growing.approved, 0.041, 3);
    is(growing.seats, 11.9, 1);
    is(fixed(15, Pool::Endless { yes: 0.3 }).approved, 0.050, 3);
}

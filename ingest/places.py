"""California's counties, whose names steer answers and are known to readers."""

COUNTIES = (
    *"Alameda Alpine Amador Butte Calaveras Colusa Fresno Glenn Humboldt Imperial Inyo Kern Kings Lake Lassen".split(),
    *"Madera Marin Mariposa Mendocino Merced Modoc Mono Monterey Napa Nevada Orange Placer Plumas Riverside".split(),
    *"Sacramento Shasta Sierra Siskiyou Solano Sonoma Stanislaus Sutter Tehama Trinity Tulare Tuolumne".split(),
    *"Ventura Yolo Yuba".split(),
    "Contra Costa",
    "Del Norte",
    "El Dorado",
    "Los Angeles",
    "San Benito",
    "San Bernardino",
    "San Diego",
    "San Francisco",
    "San Joaquin",
    "San Luis Obispo",
    "San Mateo",
    "Santa Barbara",
    "Santa Clara",
    "Santa Cruz",
)

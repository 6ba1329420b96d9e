"""The names of months and weekdays in the languages in which mail programs write dates, and of time zones.

Months and weekdays are those of CLDR 47 (wide, abbreviated and short; plus the Finnish "maalisk." of older data) in
English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Norwegian, Finnish, Czech,
Hungarian, Romanian, Turkish, Greek, Russian and Ukrainian, as `dates.folded` writes them: without case and accents.
Weekdays of two Latin letters are left out: "on" and "to" are more than that.
"""

from __future__ import annotations

_MONTHS = (
    "ene enero gen gennaio ian ianuarie jan janeiro januar januari january janv janvier led leden ledna oca "
    "ocak sty styczen stycznia tammi tammik tammikuu tammikuuta ιαν ιανουαριοσ ιανουαριου січ січень січня "
    "янв январь января",
    "feb febbraio febr febrero februar februari februarie february fev fevereiro fevr fevrier helmi helmik "
    "helmikuu helmikuuta lut lutego luty sub subat uno unor unora φεβ φεβρουαριοσ φεβρουαριου лют лютии "
    "лютого февр февраль февраля",
    "bre brezen brezna maalis maalisk maaliskuu maaliskuuta maart mar marc marca march marcius marco mars "
    "mart martie marts marz marzec marzo mrt μαρ μαρτιοσ μαρτιου бер березень березня мар март марта",
    "abr abril apr april aprile aprilie aprilis avr avril dub duben dubna huhti huhtik huhtikuu huhtikuuta "
    "kwi kwiecien kwietnia nis nisan απρ απριλιοσ απριλιου апр апрель апреля квіт квітень квітня",
    "kve kveten kvetna mag maggio mai maio maj maja majus may mayis mayo mei touko toukok toukokuu toukokuuta "
    "μαι μαιοσ μαιου маи мая трав травень травня",
    "cerven cervna cvn cze czerwca czerwiec giu giugno haz haziran iun iunie juin jun june junho juni junio "
    "junius kesa kesak kesakuu kesakuuta ιουν ιουνιοσ ιουνιου июн июнь июня черв червень червня",
    "cervence cervenec cvc heina heinak heinakuu heinakuuta iul iulie juil juillet jul julho juli julio "
    "julius july lip lipca lipiec lug luglio tem temmuz ιουλ ιουλιοσ ιουλιου июл июль июля лип липень липня",
    "ago agosto agu agustos aout aug august augusti augustus augusztus elo elok elokuu elokuuta sie sierpien "
    "sierpnia srp srpen srpna αυγ αυγουστοσ αυγουστου авг август августа серп серпень серпня",
    "eyl eylul sep sept september septembre septembrie septiembre set setembro settembre syys syysk syyskuu "
    "syyskuuta szept szeptember wrz wrzesien wrzesnia zar zari σεπ σεπτεμβριοσ σεπτεμβριου вер вересень "
    "вересня сент сентябрь сентября",
    "eki ekim loka lokak lokakuu lokakuuta oct october octobre octombrie octubre okt oktober ott ottobre out "
    "outubro paz pazdziernik pazdziernika rij rijen rijna οκτ οκτωβριοσ οκτωβριου жовт жовтень жовтня окт "
    "октябрь октября",
    "kas kasim lis listopad listopada listopadu marras marrask marraskuu marraskuuta noiembrie nov november "
    "novembre novembro noviembre νοε νοεμβριοσ νοεμβριου лист листопад листопада нояб ноябрь ноября",
    "ara aralik dec december decembre decembrie des desember dez dezember dezembro dic dicembre diciembre gru "
    "grudnia grudzien joulu jouluk joulukuu joulukuuta pro prosince prosinec δεκ δεκεμβριοσ δεκεμβριου груд "
    "грудень грудня дек декабрь декабря",
)
# From Monday on. A few stand for two days in different languages.
_WEEKDAYS = (
    "hetfo lun lundi lunedi lunes luni maanantai maanantaina maandag man mandag mon monday montag "
    "pazartesi pon pondeli poniedzialek pzt seg segunda-feira δε δευ δευτερα пн понедельник понеділок "
    "周一 星期一 月 月曜日 월 월요일",
    "dienstag dinsdag kedd mar mardi martedi martes marti sal sali ter terca-feira tiistai "
    "tiistaina tir tirs tirsdag tis tisdag tue tuesday utery wto wtorek τρ τρι τριτη вт вторник "
    "вівторок 周二 星期二 火 火曜日 화 화요일",
    "car carsamba keskiviikko keskiviikkona mer mercoledi mercredi mie miercoles miercuri "
    "mittwoch ons onsdag qua quarta-feira sro sroda streda sze szerda wed wednesday woensdag "
    "τε τετ τεταρτη середа ср среда 周三 星期三 水 水曜日 수 수요일",
    "csutortok ctvrtek czw czwartek donderdag donnerstag gio giovedi jeu jeudi joi jue jueves "
    "per persembe qui quinta-feira thu thursday tor tors torsdag torstai torstaina πε πεμ πεμπτη "
    "четвер четверг чт 周四 星期四 木 木曜日 목 목요일",
    "cum cuma fre fredag freitag fri friday patek pentek perjantai perjantaina pia piatek sex "
    "sexta-feira ven vendredi venerdi vie viernes vin vineri vrijdag πα παρ παρασκευη пʼятниця пт "
    "пятница 周五 星期五 金 金曜日 금 금요일",
    "cmt cumartesi lauantai lauantaina lor lordag sab sabado sabato sam sambata samedi samstag "
    "sat saturday sob sobota szo szombat zaterdag "
    "σα σαβ σαββατο сб суббота субота 周六 土 土曜日 星期六 토 토요일",
    "dim dimanche dom domenica domingo dum duminica nedele nie niedz niedziela paz pazar "
    "son sondag sonntag sun sunday sunnuntai vasarnap zondag κυ κυρ κυριακη воскресенье вс нд неділя 周日 "
    "日 日曜日 星期日 일 일요일",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMED = [frozenset(names.split()) for names in _WEEKDAYS]
WEEKDAYS = {name: frozenset(n for n, day in enumerate(_NAMED) if name in day) for names in _NAMED for name in names}
# Hours east of Greenwich. "BST", "CST", "EST" and "IST" are used on more than one continent.
ZONES: dict[str, tuple[float, ...]] = {
    "z": (0,), "ut": (0,), "utc": (0,), "gmt": (0,), "wet": (0,), "bst": (1, 6), "west": (1,), "wat": (1,),
    "cet": (1,), "met": (1,), "mez": (1,), "cest": (2,), "mest": (2,), "mesz": (2,), "cat": (2,), "sast": (2,),
    "eet": (2,), "eest": (3,), "eat": (3,), "msk": (3,), "trt": (3,), "gst": (4,), "pkt": (5,), "ist": (1, 2, 5.5),
    "wib": (7,), "ict": (7,), "hkt": (8,), "sgt": (8,), "pht": (8,), "myt": (8,), "awst": (8,), "jst": (9,),
    "kst": (9,), "acst": (9.5,), "acdt": (10.5,), "aest": (10,), "aedt": (11,), "nzst": (12,), "nzdt": (13,),
    "nst": (-3.5,), "ndt": (-2.5,), "brt": (-3,), "art": (-3,), "ast": (-4,), "adt": (-3,), "est": (-5, 10),
    "edt": (-4,), "cst": (-6, 8), "cdt": (-5,), "mst": (-7,), "mdt": (-6,), "pst": (-8,), "pdt": (-7,),
    "akst": (-9,), "akdt": (-8,), "hst": (-10,),
}  # fmt: skip
MERIDIEMS = {
    "am": False, "πμ": False, "오전": False, "午前": False, "上午": False, "凌晨": False, "早上": False,
    "pm": True, "μμ": True, "오후": True, "午後": True, "下午": True, "晚上": True, "中午": True,
}  # fmt: skip
